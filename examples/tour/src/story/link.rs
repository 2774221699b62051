use std::{fs, path::PathBuf};

use handfast::{
    Actor,
    invite::{ErrorCorrection, LinkStanding, LinkView, QrOptions},
};

use super::{Cast, Result, Tour};

impl Tour {
    /// Who may get the link, and as what. Gives the slug.
    pub(super) fn get_link(&mut self, cast: Cast) -> Result<String> {
        self.narrator.chapter("Get your invite link");
        if let Err(error) = self.handfast.invites().link(cast.sara) {
            let (why, code) = (error.message(), error.code());
            self.narrator.say(format!("Sara, a Sales Manager, asks for the invite link. Refused: {why} ({code})."));
        }
        let link = self.handfast.invites().link(cast.pedro)?;
        self.narrator
            .say("Pedro, the Procurement Manager, gets it. It is permanent: whoever asks again gets the same.");
        self.narrator.line(&link.url);
        self.draw(&link)?;
        Ok(link.slug.to_string())
    }

    /// Draws the QR code as SVG and PNG.
    fn draw(&mut self, link: &LinkView) -> Result<()> {
        let options = QrOptions { error_correction: ErrorCorrection::Quartile, ..QrOptions::default() };
        let (svg, png) = (self.folder.join("invite-link.svg"), self.folder.join("invite-link.png"));
        write(&svg, link.qr_svg(&options)?.as_bytes())?;
        write(&png, &link.qr_png(&options)?)?;
        self.narrator.say(format!("Its QR code, for flyers and vans: {} and {}.", svg.display(), png.display()));
        self.pictures.retain(|known| *known != svg && *known != png);
        self.pictures.extend([svg, png]);
        Ok(())
    }

    /// The link is replaced: printed copies of the old one say so.
    pub(super) fn replace_link(&mut self, cast: Cast, old: &str) -> Result<()> {
        self.narrator.chapter("A new link takes the place of the old one");
        let new = self.handfast.invites().replace(cast.pedro)?;
        self.narrator.say("Somebody posted the link where it should not be. Pedro replaces it; the new one:");
        self.narrator.line(&new.url);
        self.draw(&new)?;
        self.narrator.say(format!("Who opens an old flyer now reads: {}.", self.standing_of(old)?));
        self.narrator.say(format!("Who opens the new one: {}.", self.standing_of(&new.slug.to_string())?));
        if let Err(error) = self.handfast.invites().start(old, "late@visitor.example", None) {
            self.narrator.say(format!("No code is sent for the old one: {} ({}).", error.message(), error.code()));
        }
        Ok(())
    }

    fn standing_of(&self, slug: &str) -> Result<String> {
        let opened = self.handfast.invites().open(slug)?;
        Ok(match opened.standing {
            LinkStanding::Open => format!("\"become a customer of {}\"", opened.company),
            LinkStanding::Disabled => format!("\"{} takes no requests now\"", opened.company),
            LinkStanding::Replaced => format!("\"{} has a newer link, ask them for it\"", opened.company),
        })
    }

    pub(super) fn funnel(&self, actor: Actor) -> Result<()> {
        let funnel = self.handfast.invites().funnel(actor)?;
        let steps = [
            ("opened", funnel.opened),
            ("verified", funnel.verified),
            ("submitted", funnel.submitted),
            ("approved", funnel.approved),
            ("can order", funnel.activated),
        ];
        for (name, count) in steps {
            self.narrator.line(format!("{name:<10} {count:>4}  {}", "#".repeat(usize::try_from(count)?.min(60))));
        }
        Ok(())
    }
}

fn write(path: &PathBuf, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes).map_err(|error| format!("cannot write `{}`: {error}", path.display()).into())
}
