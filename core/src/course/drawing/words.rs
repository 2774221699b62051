//! The words of a certificate in each language.

/// What is printed around the names.
pub(super) struct Words {
    pub(super) language: &'static str,
    pub(super) certificate: &'static str,
    pub(super) certifies: &'static str,
    pub(super) completed: &'static str,
    pub(super) number: &'static str,
    pub(super) issued: &'static str,
    pub(super) version: &'static str,
    pub(super) evidence: &'static str,
    pub(super) verify: &'static str,
}

const ENGLISH: Words = Words {
    language: "en",
    certificate: "Certificate",
    certifies: "This certifies that",
    completed: "has completed every required task of",
    number: "Certificate number",
    issued: "Issued",
    version: "Course version",
    evidence: "Evidence (SHA-256)",
    verify: "Verify this certificate",
};

const SPANISH: Words = Words {
    language: "es",
    certificate: "Certificado",
    certifies: "Se certifica que",
    completed: "ha completado todas las tareas obligatorias de",
    number: "Número de certificado",
    issued: "Emitido",
    version: "Versión del curso",
    evidence: "Evidencia (SHA-256)",
    verify: "Verifique este certificado",
};

impl Words {
    /// Spanish for any Spanish, English for all others.
    pub(super) fn of(language: &str) -> &'static Words {
        let primary = language.trim().split(['-', '_']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("es") { &SPANISH } else { &ENGLISH }
    }
}
