//! Kanbao 看报: parse the command line, run, turn an error into a message and an exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    kanbao::cli::main()
}
