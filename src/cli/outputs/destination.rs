//! Where outputs go.

use std::path::{Path, PathBuf};

use super::form;
use super::found::Found;
use crate::cli::context::environment_variable;
use crate::cli::error::Error;
use crate::cli::output_args::{OutputArgs, OutputsFormat};
use crate::cli::standard_output::print;
use crate::files::{append_atomically, write_atomically};

/// The variable in which GitHub names the file for the outputs of a step.
const GITHUB_OUTPUT: &str = "GITHUB_OUTPUT";

/// The standard output, or a file and its form.
#[derive(Debug, PartialEq)]
pub(in crate::cli) enum Destination {
    Console,
    File {
        path: PathBuf,
        format: OutputsFormat,
    },
}

impl Destination {
    /// What the arguments say.
    ///
    /// # Errors
    /// When there is no file, its form is unclear, or a name cannot be written in it.
    pub(in crate::cli) fn of(args: &OutputArgs) -> Result<Self, Error> {
        let github_output = environment_variable(GITHUB_OUTPUT).filter(|path| !path.is_empty());
        let destination = Self::choose(args, github_output.as_deref())?;
        if let Self::File { format, .. } = &destination {
            for name in &args.output {
                form::check_name(name, *format).map_err(|reason| Error::Flag {
                    flag: "--output",
                    value: name.clone(),
                    reason: reason.to_owned(),
                })?;
            }
        }
        Ok(destination)
    }

    fn choose(args: &OutputArgs, github_output: Option<&str>) -> Result<Self, Error> {
        let (path, format) = match (&args.outputs, args.outputs_format) {
            (None, None) => return Ok(Self::Console),
            (Some(path), Some(format)) => (path.clone(), format),
            (Some(path), None) => (path.clone(), format_of(path, github_output)?),
            (None, Some(OutputsFormat::Github)) => match github_output {
                Some(path) => (PathBuf::from(path), OutputsFormat::Github),
                None => {
                    return Err(Error::Flag {
                        flag: "--outputs-format",
                        value: "github".to_owned(),
                        reason: "GITHUB_OUTPUT is not set, and no --outputs names a file"
                            .to_owned(),
                    });
                }
            },
            (None, Some(format)) => {
                return Err(Error::Flag {
                    flag: "--outputs-format",
                    value: format!("{format:?}").to_lowercase(),
                    reason: "no --outputs names a file".to_owned(),
                });
            }
        };
        Ok(Self::File { path, format })
    }

    /// Prints or writes what is known. A line stands for each name on a console that nothing else is printed
    /// on, also where a name is not set, so that a reader can count on them.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(in crate::cli) fn hand_on(&self, found: &Found<'_>, is_alone: bool) -> Result<(), Error> {
        let outputs = &found.outputs;
        let known = || {
            outputs
                .iter()
                .filter_map(|(name, output)| Some((*name, output.as_ref()?)))
        };
        let written = match self {
            Self::Console if is_alone => {
                let texts = outputs.iter().map(|(_, output)| output.as_ref());
                print(&form::bare(texts));
                Ok(())
            }
            Self::Console => {
                print(&form::named(known()));
                Ok(())
            }
            Self::File { path, format } => match format {
                OutputsFormat::Json => write_atomically(path, form::json(known()).as_bytes()),
                OutputsFormat::Dotenv => write_atomically(path, form::dotenv(known()).as_bytes()),
                // The file may have outputs of others.
                OutputsFormat::Github => append_atomically(path, form::github(known()).as_bytes()),
            },
        };
        written.map_err(|source| Error::Export {
            kind: "outputs",
            source,
        })
    }
}

fn format_of(path: &Path, github_output: Option<&str>) -> Result<OutputsFormat, Error> {
    if github_output.is_some_and(|own| path == Path::new(own)) {
        return Ok(OutputsFormat::Github);
    }
    // A file named `.env` has no extension, as paths go.
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().to_lowercase());
    let ends_with = |ending| name.as_ref().is_some_and(|name| name.ends_with(ending));
    if ends_with(".json") {
        Ok(OutputsFormat::Json)
    } else if ends_with(".env") {
        Ok(OutputsFormat::Dotenv)
    } else {
        Err(Error::Flag {
            flag: "--outputs",
            value: path.display().to_string(),
            reason: "its ending says no form; add --outputs-format json, dotenv or github"
                .to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(
        path: Option<&str>,
        format: Option<OutputsFormat>,
        github_output: Option<&str>,
    ) -> Option<(String, OutputsFormat)> {
        let args = OutputArgs {
            output: vec!["a".to_owned()],
            outputs: path.map(PathBuf::from),
            outputs_format: format,
        };
        match Destination::choose(&args, github_output).ok()? {
            Destination::Console => None,
            Destination::File { path, format } => Some((path.display().to_string(), format)),
        }
    }

    #[test]
    fn the_name_of_the_file_says_the_form_unless_a_flag_does() {
        use OutputsFormat::{Dotenv, Github, Json};
        let github = Some("/run/out.json");
        let cases = [
            ("a.json", None, Json),
            ("A.JSON", None, Json),
            (".env", None, Dotenv),
            ("b/ci.env", None, Dotenv),
            ("/run/out.json", None, Github),
            ("/run/out.json", Some(Json), Json),
            ("a.txt", Some(Dotenv), Dotenv),
        ];

        for (path, format, expected) in cases {
            let chosen = chosen(Some(path), format, github);
            assert_eq!(chosen, Some((path.to_owned(), expected)));
        }
        assert_eq!(
            chosen(None, Some(Github), github),
            Some(("/run/out.json".to_owned(), Github))
        );
    }

    #[test]
    fn a_form_that_is_unclear_and_a_form_without_a_file_are_refused() {
        let refused = |path: Option<&str>, format| {
            let args = OutputArgs {
                output: vec!["a".to_owned()],
                outputs: path.map(PathBuf::from),
                outputs_format: format,
            };
            Destination::choose(&args, None).is_err()
        };

        assert!(refused(Some("out.txt"), None));
        assert!(refused(None, Some(OutputsFormat::Json)));
        assert!(refused(None, Some(OutputsFormat::Github)));
    }
}
