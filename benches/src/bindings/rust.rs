use std::{hint::black_box, thread, time::Instant};

use handfast::store::Paging;

use super::{Figures, Plan};
use crate::{Result, shop::Shop, statistics::median};

/// Microseconds of each of `count` calls.
fn each(count: usize, mut call: impl FnMut(usize) -> Result<()>) -> Result<f64> {
    let begin = Instant::now();
    (0..count).try_for_each(&mut call)?;
    Ok(begin.elapsed().as_secs_f64() * 1e6 / count as f64)
}

/// The same jobs as every program does, by the library itself.
pub(super) fn measure(shop: &Shop, plan: &Plan) -> Result<Figures> {
    let (library, actor, business) = (&shop.library, shop.actor, plan.business()?);
    let (mut can_order, mut page, mut submit, mut together): (Vec<_>, Vec<_>, Vec<_>, Vec<_>) = Default::default();
    for round in 0..plan.rounds {
        can_order.push(each(plan.calls, |at| {
            let customer = plan.customers.get(at % plan.customers.len()).ok_or("no customer")?;
            drop(black_box(library.customers().can_order(actor, *customer)?));
            Ok(())
        })?);
        page.push(each(plan.pages, |_| {
            drop(black_box(library.customers().list(actor, None, &Paging::first(100))?));
            Ok(())
        })?);
        let passes = plan.alone.get(round).ok_or("no passes")?;
        submit.push(each(passes.len(), |at| {
            let pass = passes.get(at).ok_or("no pass")?;
            drop(black_box(library.invites().submit(pass, &business)?));
            Ok(())
        })?);
        let passes = plan.together.get(round).ok_or("no passes")?;
        let begin = Instant::now();
        thread::scope(|scope| {
            let callers = passes.chunks(passes.len().div_ceil(plan.callers)).map(|passes| {
                let business = &business;
                scope.spawn(move || {
                    passes.iter().try_for_each(|pass| library.invites().submit(pass, business).map(drop))
                })
            });
            let callers: Vec<_> = callers.collect();
            callers.into_iter().try_for_each(|caller| Ok(caller.join().map_err(|_| "a caller panicked")??))
        })
        .map_err(|error: Box<dyn std::error::Error>| error)?;
        together.push(passes.len() as f64 / begin.elapsed().as_secs_f64());
    }
    let (can_order, page, submit) = (median(&can_order), median(&page), median(&submit));
    Ok(Figures { can_order, page, submit, submits_together: median(&together), ..Figures::default() })
}
