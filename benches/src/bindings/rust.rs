use std::{fs, hint::black_box, io::stdin, path::Path, thread, time::Instant};

use handfast::{Actor, Handfast, request::BusinessInput, store::Paging};
use handfast_sqlite::Durability;

use super::{Figures, Plan};
use crate::{
    Result, dataset,
    statistics::{lower_quartile, median},
};

/// Microseconds of each of `count` calls.
fn each(count: usize, mut call: impl FnMut(usize) -> Result<()>) -> Result<f64> {
    let begin = Instant::now();
    (0..count).try_for_each(&mut call)?;
    Ok(begin.elapsed().as_secs_f64() * 1e6 / count as f64)
}

/// What a call costs from Rust: does what the plan says, prints the figures as JSON, as the program of every language.
pub(crate) fn run(plan: &Path) -> Result<()> {
    let plan: Plan = serde_json::from_slice(&fs::read(plan)?)?;
    let library = dataset::library(Path::new(&plan.url), Durability::Full)?;
    let mut rust = Rust::new(&plan, &library)?;
    for round in 0..plan.rounds {
        stdin().read_line(&mut String::new())?;
        rust.measure(round)?;
        println!();
    }
    println!("{}", serde_json::to_string(&rust.figures())?);
    Ok(())
}

struct Rust<'a> {
    plan: &'a Plan,
    library: &'a Handfast,
    actor: Actor,
    business: BusinessInput,
    can_order: Vec<f64>,
    resolve: Vec<f64>,
    page: Vec<f64>,
    submit: Vec<f64>,
    together: Vec<f64>,
}

impl<'a> Rust<'a> {
    fn new(plan: &'a Plan, library: &'a Handfast) -> Result<Self> {
        let (actor, business) = (Actor::staff(plan.login, plan.company), plan.business()?);
        let (can_order, resolve, page, submit, together) = Default::default();
        Ok(Rust { plan, library, actor, business, can_order, resolve, page, submit, together })
    }

    fn measure(&mut self, round: usize) -> Result<()> {
        let (library, actor, plan, business) = (self.library, self.actor, self.plan, &self.business);
        for _ in 0..plan.slices {
            self.can_order.push(each(plan.calls, |at| {
                let customer = plan.customers.get(at % plan.customers.len()).ok_or("no customer")?;
                drop(black_box(library.customers().can_order(actor, *customer)?));
                Ok(())
            })?);
            self.resolve.push(each(plan.calls, |at| {
                let token = plan.tokens.get(at % plan.tokens.len()).ok_or("no token")?;
                drop(black_box(library.sessions().resolve(token)?));
                Ok(())
            })?);
            self.page.push(each(plan.pages, |_| {
                drop(black_box(library.customers().list(actor, None, &Paging::first(100))?));
                Ok(())
            })?);
        }
        let passes = plan.alone.get(round).ok_or("no passes")?;
        self.submit.push(each(passes.len(), |at| {
            let pass = passes.get(at).ok_or("no pass")?;
            drop(black_box(library.invites().submit(pass, business)?));
            Ok(())
        })?);
        let passes = plan.together.get(round).ok_or("no passes")?;
        let begin = Instant::now();
        thread::scope(|scope| {
            let callers = passes.chunks(passes.len().div_ceil(plan.callers)).map(|passes| {
                scope.spawn(move || {
                    passes.iter().try_for_each(|pass| library.invites().submit(pass, business).map(drop))
                })
            });
            let callers: Vec<_> = callers.collect();
            callers.into_iter().try_for_each(|caller| Ok(caller.join().map_err(|_| "a caller panicked")??))
        })
        .map_err(|error: Box<dyn std::error::Error>| error)?;
        self.together.push(passes.len() as f64 / begin.elapsed().as_secs_f64());
        Ok(())
    }

    fn figures(&self) -> Figures {
        Figures {
            can_order: lower_quartile(&self.can_order),
            resolve: lower_quartile(&self.resolve),
            page: lower_quartile(&self.page),
            submit: median(&self.submit),
            submits_together: median(&self.together),
            ..Figures::default()
        }
    }
}
