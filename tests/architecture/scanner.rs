//! Finding the paths in a source file.

/// A path that leaves the module it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Found {
    /// A top-level module of this crate, which may be the file's own.
    Module(String),
    /// The root of this crate under another name or with everything in it.
    WholeCrate,
    /// The first name of a path that begins with neither `crate`, `self` nor `super`.
    Crate(String),
    /// An attribute that says in which file a module is.
    PathAttribute,
}

/// Finds all paths in a file, given with its place below `src`.
pub(crate) fn scan(file: &str, source: &str) -> Vec<Found> {
    let tokens = tokens(source);
    let mut scanner = Scanner {
        tokens: &tokens,
        position: 0,
        modules: modules_of(file),
        opened: Vec::new(),
        depth: 0,
        in_use: false,
        found: Vec::new(),
    };
    scanner.run();
    scanner.found
}

/// The modules that a file is in, from the outermost; none for the crate root.
fn modules_of(file: &str) -> Vec<String> {
    let mut modules: Vec<String> = file
        .trim_end_matches(".rs")
        .split('/')
        .map(str::to_owned)
        .collect();
    if modules.last().is_some_and(|last| last == "mod") || modules.len() == 1 {
        modules.pop();
    }
    modules
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Word(String),
    Colons,
    Symbol(char),
}

impl Token {
    fn is_word(&self, text: &str) -> bool {
        matches!(self, Self::Word(word) if word == text)
    }
}

struct Scanner<'tokens> {
    tokens: &'tokens [Token],
    position: usize,
    modules: Vec<String>,
    /// The depth of braces at which each inline module began.
    opened: Vec<usize>,
    depth: usize,
    in_use: bool,
    found: Vec<Found>,
}

impl Scanner<'_> {
    fn run(&mut self) {
        while let Some(token) = self.tokens.get(self.position) {
            match token {
                Token::Word(word) if word == "mod" => self.module(),
                Token::Word(word) if word == "extern" => self.extern_crate(),
                Token::Word(word) if word == "use" => {
                    self.position += 1;
                    self.in_use = true;
                    self.path(&[]);
                    self.in_use = false;
                }
                Token::Word(_) | Token::Colons => self.path(&[]),
                Token::Symbol('#') => self.attribute(),
                Token::Symbol(symbol) => {
                    self.brace(*symbol);
                    self.position += 1;
                }
            }
        }
    }

    /// `extern crate self as name` and `extern crate name`.
    fn extern_crate(&mut self) {
        let name = self.tokens.get(self.position + 2);
        if self
            .tokens
            .get(self.position + 1)
            .is_some_and(|token| token.is_word("crate"))
            && let Some(Token::Word(name)) = name
        {
            let found = match name.as_str() {
                "self" => Found::WholeCrate,
                name => Found::Crate(name.to_owned()),
            };
            self.found.push(found);
            self.position += 2;
        }
        self.position += 1;
    }

    fn brace(&mut self, symbol: char) {
        match symbol {
            '{' => self.depth += 1,
            '}' => {
                self.depth = self.depth.saturating_sub(1);
                if self.opened.last() == Some(&self.depth) {
                    self.opened.pop();
                    self.modules.pop();
                }
            }
            _ => {}
        }
    }

    /// `mod name {` opens a module within the file; `mod name;` has nothing to say.
    fn module(&mut self) {
        let name = self.tokens.get(self.position + 1);
        let brace = self.tokens.get(self.position + 2);
        if let (Some(Token::Word(name)), Some(Token::Symbol('{'))) = (name, brace) {
            self.modules.push(name.clone());
            self.opened.push(self.depth);
            self.depth += 1;
        }
        self.position += if matches!(brace, Some(Token::Symbol('{'))) {
            3
        } else {
            2
        };
    }

    fn attribute(&mut self) {
        let ahead = |offset: usize| self.tokens.get(self.position + offset);
        let is_path = ahead(1) == Some(&Token::Symbol('['))
            && ahead(2).is_some_and(|token| token.is_word("path"))
            && ahead(3) == Some(&Token::Symbol('='));
        if is_path {
            self.found.push(Found::PathAttribute);
        }
        self.position += 1;
    }

    /// Reads one path, or all paths of a group, that begin with what stands before it.
    fn path(&mut self, before: &[String]) {
        let mut segments = before.to_vec();
        let begins_with_colons = self.tokens.get(self.position) == Some(&Token::Colons);
        if begins_with_colons {
            self.position += 1;
        }
        // What follows `<T as Trait>` and the like is a name within that type.
        let continues = begins_with_colons
            && self.position >= 2
            && matches!(
                self.tokens[self.position - 2],
                Token::Symbol('>' | ')' | ']')
            );
        loop {
            match self.tokens.get(self.position) {
                Some(Token::Word(word)) => {
                    segments.push(word.clone());
                    self.position += 1;
                }
                Some(Token::Symbol('*')) if !segments.is_empty() => {
                    segments.push("*".to_owned());
                    self.position += 1;
                    break;
                }
                Some(Token::Symbol('{')) if self.in_use => {
                    self.group(&segments);
                    return;
                }
                _ => break,
            }
            if self.tokens.get(self.position) != Some(&Token::Colons) {
                break;
            }
            self.position += 1;
        }
        if !continues {
            self.judge(&segments, begins_with_colons);
        }
    }

    fn group(&mut self, before: &[String]) {
        self.position += 1;
        loop {
            match self.tokens.get(self.position) {
                None => return,
                Some(Token::Symbol('}')) => {
                    self.position += 1;
                    return;
                }
                Some(Token::Word(word)) if word == "as" => self.position += 2,
                Some(Token::Word(_) | Token::Symbol('*' | '{')) => self.path(before),
                Some(_) => self.position += 1,
            }
        }
    }

    fn judge(&mut self, segments: &[String], is_absolute: bool) {
        let mut level = self.modules.len();
        let mut rest = segments;
        let mut is_ours = false;
        while let Some((first, others)) = rest.split_first() {
            match first.as_str() {
                "crate" => level = 0,
                "super" => level = level.saturating_sub(1),
                "self" => {}
                _ => break,
            }
            is_ours = true;
            rest = others;
        }
        let Some(name) = rest.first() else {
            let is_renamed = self
                .tokens
                .get(self.position)
                .is_some_and(|token| token.is_word("as"));
            if is_ours && level == 0 && self.in_use && is_renamed {
                self.found.push(Found::WholeCrate);
            }
            return;
        };
        match (is_ours, level) {
            (true, 0) if name == "*" => self.found.push(Found::WholeCrate),
            (true, 0) => self.found.push(Found::Module(name.clone())),
            (true, _) => self
                .found
                .extend(self.modules.first().cloned().map(Found::Module)),
            (false, level) => {
                // In the crate root the name of a module is a path of its own.
                if level == 0 && !is_absolute {
                    self.found.push(Found::Module(name.clone()));
                }
                if segments.len() > 1 || is_absolute || self.in_use {
                    self.found.push(Found::Crate(name.clone()));
                }
            }
        }
    }
}

/// Words, double colons and single symbols; comments, texts and lifetimes are left out.
fn tokens(source: &str) -> Vec<Token> {
    let characters: Vec<char> = source.chars().collect();
    let mut tokens = Vec::new();
    let mut position = 0;
    while position < characters.len() {
        let rest = &characters[position..];
        position += match rest {
            ['/', '/', ..] => line_comment(rest),
            ['/', '*', ..] => block_comment(rest),
            ['"', ..] => text(rest),
            ['\'', ..] => character_or_lifetime(rest),
            [':', ':', ..] => {
                tokens.push(Token::Colons);
                2
            }
            [first, ..] if first.is_alphanumeric() || *first == '_' => word(rest, &mut tokens),
            [first, ..] => {
                if !first.is_whitespace() {
                    tokens.push(Token::Symbol(*first));
                }
                1
            }
            [] => 1,
        };
    }
    tokens
}

fn line_comment(rest: &[char]) -> usize {
    rest.iter()
        .position(|&character| character == '\n')
        .unwrap_or(rest.len())
}

fn block_comment(rest: &[char]) -> usize {
    let mut depth = 0;
    let mut position = 0;
    while position < rest.len() {
        match &rest[position..] {
            ['/', '*', ..] => {
                depth += 1;
                position += 2;
            }
            ['*', '/', ..] => {
                depth -= 1;
                position += 2;
                if depth == 0 {
                    return position;
                }
            }
            _ => position += 1,
        }
    }
    position
}

fn text(rest: &[char]) -> usize {
    let mut position = 1;
    while position < rest.len() {
        match rest[position] {
            '\\' => position += 2,
            '"' => return position + 1,
            _ => position += 1,
        }
    }
    position
}

fn raw_text(rest: &[char]) -> usize {
    let hashes = rest
        .iter()
        .take_while(|&&character| character == '#')
        .count();
    let mut position = hashes + 1;
    while position < rest.len() {
        let closing = rest[position + 1..]
            .iter()
            .take_while(|&&it| it == '#')
            .count();
        if rest[position] == '"' && closing >= hashes {
            return position + 1 + hashes;
        }
        position += 1;
    }
    position
}

fn character_or_lifetime(rest: &[char]) -> usize {
    match rest {
        ['\'', '\\', _, others @ ..] => {
            3 + others
                .iter()
                .position(|&character| character == '\'')
                .unwrap_or(0)
                + 1
        }
        ['\'', _, '\'', ..] => 3,
        _ => {
            1 + rest[1..]
                .iter()
                .take_while(|it| it.is_alphanumeric() || **it == '_')
                .count()
        }
    }
}

fn word(rest: &[char], tokens: &mut Vec<Token>) -> usize {
    let length = rest
        .iter()
        .take_while(|it| it.is_alphanumeric() || **it == '_')
        .count();
    let word: String = rest[..length].iter().collect();
    let after = &rest[length..];
    let hashes = after
        .iter()
        .take_while(|&&character| character == '#')
        .count();
    let is_raw = matches!(word.as_str(), "r" | "br" | "cr");
    match after.get(hashes) {
        Some('"') if is_raw => length + raw_text(after),
        Some('"') if hashes == 0 && matches!(word.as_str(), "b" | "c") => length + text(after),
        Some('\'') if hashes == 0 && word == "b" => length + character_or_lifetime(after),
        // A raw identifier: the word follows.
        Some(_) if word == "r" && hashes == 1 => length + 1,
        _ => {
            tokens.push(Token::Word(word));
            length
        }
    }
}
