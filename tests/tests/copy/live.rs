//! The source is written while it is copied, and the copy is cut short.

use std::{
    sync::atomic::{AtomicBool, AtomicU64, Ordering::SeqCst},
    thread,
};

use handfast::copy::Copying;

use super::{Shop, cells, copy, on_every_pair, target, verify};

on_every_pair! {
    fn what_is_written_meanwhile_comes_with_the_last_copy(from, to) {
        let shop = Shop::new(from);
        let there = target(&shop.world, to);
        let (source, copied) = (shop.store(), there.store.behind());
        let (ended, made) = (AtomicBool::new(false), AtomicU64::new(0));
        let write = |writer: u64| {
            let (world, firm) = (&shop.world, &shop.firm);
            let tag = world.tag(firm, &format!("Writer {writer}"));
            for turn in 0.. {
                let customer = world.silent(firm, &format!("w{writer}.{turn}@buyers.example"));
                world.tags().add(firm.admin, customer, tag).unwrap();
                world.tags().rename(firm.admin, tag, &format!("Writer {writer} {turn}")).unwrap();
                made.fetch_add(1, SeqCst);
                if ended.load(SeqCst) {
                    break;
                }
            }
        };
        thread::scope(|scope| {
            (0..3).for_each(|writer| _ = scope.spawn(move || write(writer)));
            // as many copies as it takes to have some of the writing in their midst
            while made.load(SeqCst) < 20 {
                copy(&source, &copied);
            }
            ended.store(true, SeqCst);
        });
        copy(&source, &copied);
        assert_eq!(cells(&copied), cells(&source));
        verify(&source, &copied).unwrap();
    }

    fn a_copy_that_was_left_anywhere_is_gone_on_with(from, to) {
        let shop = Shop::new(from);
        let there = target(&shop.world, to);
        let (source, copied) = (shop.store(), there.store.behind());
        for steps in [0, 1, 3, 7, 16, 31] {
            let mut copying = Copying::begin(&source, &copied).unwrap();
            (0..steps).for_each(|_| _ = copying.step().unwrap());
            // the source lives on before the next one begins
            shop.world.silent(&shop.firm, &format!("after{steps}@buyers.example"));
        }
        assert_eq!(verify(&source, &copied).unwrap_err().code(), handfast::Code::CopyDiffers);
        copy(&source, &copied);
        assert_eq!(cells(&copied), cells(&source));
    }
}
