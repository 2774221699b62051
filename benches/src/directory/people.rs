//! People who are made up, with names of several scripts: the same number always gives the same one.

use crate::dataset::names::{Dice, spread};

/// First and last names that are written alike.
struct Script {
    first: &'static [&'static str],
    last: &'static [&'static str],
}

const SCRIPTS: [Script; 8] = [
    Script {
        first: &[
            "Ana", "Bea", "Carlos", "Diego", "Elena", "Fabián", "Inés", "Javier", "María", "Óscar", "Sofía", "Tomás",
        ],
        last: &[
            "Alba", "Bravo", "Castro", "Duarte", "Espín", "Fuentes", "Herrera", "León", "Núñez", "Ochoa", "Salas",
            "Vega",
        ],
    },
    Script {
        first: &[
            "James", "Mary", "Robert", "Linda", "Michael", "Susan", "David", "Karen", "Emily", "Thomas", "Grace",
            "Owen",
        ],
        last: &[
            "Smith", "Johnson", "Williams", "Brown", "Jones", "Miller", "Davis", "Wilson", "Taylor", "Clark", "Hall",
            "O'Neil",
        ],
    },
    Script {
        first: &[
            "Jürgen",
            "Søren",
            "Zoë",
            "François",
            "Łukasz",
            "Jiří",
            "Ştefan",
            "Åsa",
            "Björn",
            "Chloé",
            "Renée",
            "Ágnes",
        ],
        last: &[
            "Müller",
            "Strauß",
            "Dvořák",
            "Nowak",
            "Kovács",
            "Ångström",
            "Lefèvre",
            "Şahin",
            "Øster",
            "Groß",
            "Novák",
            "Kaya",
        ],
    },
    Script {
        first: &["Анна", "Борис", "Виктор", "Галина", "Дмитрий", "Елена", "Иван", "Мария", "Олег", "Татьяна"],
        last: &["Иванов", "Петрова", "Сидоров", "Кузнецова", "Соколов", "Лебедева", "Козлов", "Новикова"],
    },
    Script {
        first: &["Αλέξανδρος", "Ελένη", "Γιώργος", "Μαρία", "Νίκος", "Σοφία"],
        last: &["Παπαδόπουλος", "Γεωργίου", "Νικολάου", "Αντωνίου", "Δημητρίου"],
    },
    Script {
        first: &["محمد", "فاطمة", "علي", "مريم", "حسن", "ليلى"],
        last: &["الأحمد", "الخطيب", "حداد", "منصور", "العلي"],
    },
    Script {
        first: &["अमित", "प्रिया", "राहुल", "सुनीता", "विजय", "अंजली"],
        last: &["शर्मा", "वर्मा", "गुप्ता", "सिंह", "पटेल"],
    },
    Script {
        first: &["伟", "芳", "娜", "敏", "静", "陽子", "健", "민수", "지영"],
        last: &["王", "李", "张", "佐藤", "鈴木", "김", "박"],
    },
];

/// A person, with what the desk writes down.
pub(crate) struct Person {
    pub(crate) name: String,
    /// The word of the name that hardly another has.
    pub(crate) rare: String,
    /// The first name, which many have.
    pub(crate) first: &'static str,
    pub(crate) email: String,
    pub(crate) phone: String,
    pub(crate) number: String,
}

/// The `number`-th person.
pub(crate) fn person(number: u64) -> Person {
    let mut dice = Dice(spread(number ^ 0x5eed));
    // three in four are written in Latin letters
    let script = if dice.below(4) == 0 { 3 + dice.below(5) } else { dice.below(3) };
    let script = SCRIPTS.get(script).unwrap_or(&SCRIPTS[0]);
    let (first, last) = (dice.one(script.first), dice.one(script.last));
    let rare = dice.word();
    Person {
        name: format!("{first} {last} {rare}"),
        first,
        email: format!("{rare}.{number}@mail{}.example", number % 40),
        phone: format!("+44 20 {:04} {:04}", number / 10_000 % 10_000, number % 10_000),
        number: format!("K-{number:07}"),
        rare,
    }
}
