use std::{hint::black_box, thread, time::Instant};

use handfast::{request::BusinessInput, store::Paging};

use super::{Figures, Plan};
use crate::{
    Result,
    shop::Shop,
    statistics::{lower_quartile, median},
};

/// Microseconds of each of `count` calls.
fn each(count: usize, mut call: impl FnMut(usize) -> Result<()>) -> Result<f64> {
    let begin = Instant::now();
    (0..count).try_for_each(&mut call)?;
    Ok(begin.elapsed().as_secs_f64() * 1e6 / count as f64)
}

/// The same jobs as every program does, by the library itself.
pub(super) struct Rust<'a> {
    shop: &'a Shop,
    plan: &'a Plan,
    business: BusinessInput,
    can_order: Vec<f64>,
    page: Vec<f64>,
    submit: Vec<f64>,
    together: Vec<f64>,
}

impl<'a> Rust<'a> {
    pub(super) fn new(shop: &'a Shop, plan: &'a Plan) -> Result<Self> {
        let (can_order, page, submit, together) = Default::default();
        Ok(Rust { shop, plan, business: plan.business()?, can_order, page, submit, together })
    }

    pub(super) fn measure(&mut self, round: usize) -> Result<()> {
        let (library, actor, plan, business) = (&self.shop.library, self.shop.actor, self.plan, &self.business);
        for _ in 0..plan.slices {
            self.can_order.push(each(plan.calls, |at| {
                let customer = plan.customers.get(at % plan.customers.len()).ok_or("no customer")?;
                drop(black_box(library.customers().can_order(actor, *customer)?));
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

    pub(super) fn figures(&self) -> Figures {
        Figures {
            can_order: lower_quartile(&self.can_order),
            page: lower_quartile(&self.page),
            submit: median(&self.submit),
            submits_together: median(&self.together),
            ..Figures::default()
        }
    }
}
