//! The fixed lists that people, groups and departments of the demo tenant are named from.

/// 200 given names.
pub const GIVEN: &str = "Ada Adil Aiko Alba Alden Alma Amara Amir Ana Anders Anika Anton Arda Ariel Arlo Asha Astrid Aya Bao Basil \
Beatriz Bela Bina Bjarne Bo Bram Brigid Bruno Caleb Camila Carmen Cato Cecil Celia Chidi Clara Clement Cora Cy Dara \
Dario Davit Dede Delia Dian Dina Dov Duc Edda Edgar Efe Eira Elena Eli Elif Elke Emeka Emil Enid Enzo \
Esra Etta Ezra Fadi Farid Fay Felix Femi Fern Fiona Flora Frida Gael Gemma Gita Goran Greta Gus Hadi Hana \
Harald Hedda Hiro Hugo Ida Idris Ilse Imani Ines Ingrid Iris Isak Ivo Jada Jamal Jan Jia Jonas Joy Juno \
Kaan Kai Kamal Karin Kaya Kei Kemal Kiran Klara Kofi Lagan Lars Layla Leif Lena Levi Lila Linh Lior Luca \
Lucia Ludo Luz Mabel Magnus Maia Malik Mara Marek Mateo Mei Mila Milan Mina Miro Mona Nadia Naomi Neel Nia \
Nico Nils Nina Noor Nora Obi Oda Olaf Olga Omar Ona Orla Oskar Otto Owen Pablo Paige Pavel Petra Pia \
Priya Quinn Rafi Raisa Ravi Remi Rhea Rio Rohan Rosa Ruben Ruth Saba Sami Sana Sasha Selma Senna Shira Silas \
Simo Siv Sofia Sora Stella Sven Tadeo Talia Tariq Tess Thea Tomas Uma Ursula Vera Viggo Wanda Xenia Yara Zoe";

/// Beginnings of family names; with the endings 300 of them.
pub const FAMILY_STARTS: [&str; 20] = [
    "Ash", "Beck", "Brook", "Carl", "Dal", "East", "Fair", "Green", "Hart", "Holm", "Kirk", "Lind", "Mar",
    "Nord", "Oak", "Ray", "Stan", "Thorn", "Wend", "West",
];

/// Endings of family names.
pub const FAMILY_ENDS: [&str; 15] = [
    "berg", "bridge", "by", "combe", "dale", "er", "field", "ford", "ham", "ley", "man", "stad", "sten",
    "ton", "wood",
];

/// Departments, the most common first.
pub const DEPARTMENTS: [&str; 12] = [
    "Operations",
    "Sales",
    "Finance",
    "Engineering",
    "Support",
    "Logistics",
    "Marketing",
    "Human Resources",
    "Legal",
    "Research",
    "Facilities",
    "Board",
];

/// How common each department is: the weights of Zipf's law, times 840.
pub const DEPARTMENT_WEIGHTS: [u32; 12] = [840, 420, 280, 210, 168, 140, 120, 105, 93, 84, 76, 70];

/// People whose names are hard on quoting, encoding and delimiters: given name, family name, name in the address.
pub const UNUSUAL: [(&str, &str, &str); 6] = [
    ("Miles", "O'Neil", "miles.o'neil"),
    ("Jürgen", "Müller", "juergen.mueller"),
    ("José", "Núñez", "jose.nunez"),
    ("娜", "李", "na.li"),
    ("Vance,", "Iris", "iris.vance"),
    ("Ann \"Annie\"", "Brook", "ann.brook"),
];

/// What groups are for.
pub const GROUP_PURPOSES: [&str; 10] =
    ["all", "managers", "readers", "owners", "project", "site", "vpn", "printers", "mail", "audit"];

/// The domains of the demo tenant, the biggest profile's five.
pub const DOMAINS: [&str; 5] =
    ["northlake.example", "harbor.example", "meadow.example", "summit.example", "delta.example"];

/// Hours each domain's local time is ahead of UTC.
pub const ZONES: [i64; 5] = [0, -5, 8, 1, -8];

#[cfg(test)]
mod tests {
    use super::GIVEN;

    #[test]
    fn there_are_two_hundred_given_names() {
        let mut names: Vec<&str> = GIVEN.split_ascii_whitespace().collect();
        assert_eq!(names.len(), 200);
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), 200);
    }
}
