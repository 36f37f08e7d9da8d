// Answers every request on 127.0.0.1:18080 with the same small JSON.
import { createServer } from 'node:http';

const body = JSON.stringify({ id: 42, state: 'Succeeded', token: 'abc', items: [1, 2, 3] });
createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length });
    response.end(body);
}).listen(18080, '127.0.0.1');
