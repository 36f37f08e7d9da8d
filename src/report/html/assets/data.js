// Unpacking what the reporter packed.

const detailPackets = document.getElementsByClassName("details");

async function unpack(element) {
  const bytes = Uint8Array.from(atob(element.textContent), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

async function unpackRows() {
  const packets = [...document.getElementsByClassName("rows")];
  const rows = (await Promise.all(packets.map(unpack))).flat();
  rows.forEach((row, index) => {
    row.index = index;
    // Two spaces, which nobody types into the search field, keep the parts apart.
    row.text = [row.n, row.f.join(" / "), row.m, row.u, row.c, row.r, ...row.e.flatMap((it) => [it.n, it.m])]
      .join("  ").toLowerCase();
  });
  return rows;
}

// Few packets are kept: somebody who reads on finds the neighbours of an item in the same one.
const keptPackets = new Map();

async function detailOf(row) {
  const [packet, position] = row.d;
  let records = keptPackets.get(packet);
  if (records === undefined) {
    records = unpack(detailPackets[packet]);
    keptPackets.set(packet, records);
    if (keptPackets.size > 6) keptPackets.delete(keptPackets.keys().next().value);
  }
  return (await records)[position];
}
