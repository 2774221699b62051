//! What is asked on the command line.

use std::path::PathBuf;

use handfast_sqlite::Durability;

use crate::{Result, bindings::Extent, limit::Style, one::Rounds, operation::Operation};

pub(crate) const USAGE: &str = "\
usage: handfast-benches one|many|size|all|postgres|directory|moving|bindings|profile [options]
  one      one caller, 1,000 customers
  many     64 callers, 1,000 customers
  size     one caller; 1,000, 100,000 and 1,000,000 customers
  all      one and 64 callers at all three sizes
  postgres the same on PostgreSQL: 1, 8 and 32 callers; 1,000 and 100,000 customers
  directory a directory of 10,000 and 1,000,000 customers: finding one, paging through a tag, tagging many
  moving   a database to another and back, 20,000 customers
  bindings what each language adds to a call (see benches/bindings/README.md)
  profile  one operation by one way, for a profiler
options
  --quick            seconds instead of minutes, 200 customers: whether it runs, not how fast it is
  --sizes N,N        other numbers of customers
  --only OP,OP       only these operations
  --rounds N         rounds; --jobs N  jobs in a round
  --durability full|process   process: the disk is not waited for
  --language NAME    only this one, for bindings; --memory-calls N  calls after which the memory must not have grown
  --way library|limit|optimistic, --callers N   for profile
  --json FILE        the numbers for a program to read";

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    One,
    Many,
    Size,
    All,
    Postgres,
    Directory,
    Moving,
    Bindings,
    Profile,
    /// Rust's own side of `bindings`, which starts it.
    Program,
}

pub(crate) struct Arguments {
    pub(crate) what: What,
    pub(crate) sizes: Vec<u64>,
    pub(crate) quick: bool,
    pub(crate) operations: Vec<Operation>,
    pub(crate) one: Rounds,
    pub(crate) many: Rounds,
    pub(crate) durability: Durability,
    pub(crate) style: Option<Style>,
    pub(crate) callers: usize,
    pub(crate) json: Option<PathBuf>,
    pub(crate) bindings: Extent,
    pub(crate) language: Option<String>,
}

impl Arguments {
    pub(crate) fn read(mut given: impl Iterator<Item = String>) -> Result<Self> {
        let what = match given.next().as_deref() {
            Some("one") => What::One,
            Some("many") => What::Many,
            Some("size") => What::Size,
            Some("all") => What::All,
            Some("postgres") => What::Postgres,
            Some("directory") => What::Directory,
            Some("moving") => What::Moving,
            Some("bindings") => What::Bindings,
            Some("profile") => What::Profile,
            Some("program") => What::Program,
            _ => return Err(USAGE.into()),
        };
        let sizes = match what {
            What::Size | What::All => vec![1_000, 100_000, 1_000_000],
            What::Postgres => vec![1_000, 100_000],
            What::Directory => vec![10_000, 1_000_000],
            What::Moving => vec![20_000],
            What::One | What::Many | What::Bindings | What::Profile | What::Program => vec![1_000],
        };
        let mut arguments = Arguments {
            what,
            sizes,
            quick: false,
            operations: Operation::ALL.to_vec(),
            one: if what == What::Postgres { Rounds { rounds: 9, jobs: 15 } } else { Rounds { rounds: 15, jobs: 60 } },
            many: Rounds { rounds: 7, jobs: 10 },
            durability: Durability::Full,
            style: None,
            callers: 1,
            json: None,
            bindings: Extent::USUAL,
            language: None,
        };
        if what == What::Program {
            arguments.json = given.next().map(PathBuf::from);
        }
        while let Some(option) = given.next() {
            arguments.take(&option, &mut given)?;
        }
        Ok(arguments)
    }

    fn take(&mut self, option: &str, given: &mut impl Iterator<Item = String>) -> Result<()> {
        if option == "--quick" {
            (self.sizes, self.quick) = (vec![200], true);
            self.one = Rounds { rounds: 3, jobs: 10 };
            self.many = Rounds { rounds: 2, jobs: 2 };
            self.bindings = Extent::QUICK;
            return Ok(());
        }
        let value = given.next().ok_or(USAGE)?;
        match option {
            "--sizes" => self.sizes = value.split(',').map(|size| Ok(size.parse()?)).collect::<Result<_>>()?,
            "--only" => self.operations = value.split(',').map(operation).collect::<Result<_>>()?,
            "--rounds" => (self.one.rounds, self.many.rounds) = (value.parse()?, value.parse()?),
            "--jobs" => (self.one.jobs, self.many.jobs) = (value.parse()?, value.parse()?),
            "--callers" => self.callers = value.parse()?,
            "--language" => self.language = Some(value),
            "--memory-calls" => self.bindings.memory_calls = value.parse()?,
            "--json" => self.json = Some(value.into()),
            "--durability" => {
                self.durability = match value.as_str() {
                    "full" => Durability::Full,
                    "process" => Durability::Process,
                    _ => return Err(USAGE.into()),
                };
            }
            "--way" => {
                self.style = match value.as_str() {
                    "library" => None,
                    "limit" => Some(Style::Locked),
                    "optimistic" => Some(Style::Optimistic),
                    _ => return Err(USAGE.into()),
                };
            }
            _ => return Err(USAGE.into()),
        }
        Ok(())
    }
}

fn operation(name: &str) -> Result<Operation> {
    let known = Operation::ALL.iter().find(|operation| operation.name() == name);
    known.copied().ok_or_else(|| format!("`{name}` is no operation").into())
}
