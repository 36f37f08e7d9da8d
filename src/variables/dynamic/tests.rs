//! The shape of every value.

use std::collections::BTreeSet;

use regex::Regex;

use super::{Random, generate, names};

const UUID: &str = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
const DATE: &str = r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} \d\d \d{4} \d\d:\d\d:\d\d GMT[+-]\d{4}( \(Coordinated Universal Time\))?";
const PHONE: &str = r"[2-9]\d\d-[2-9]\d\d-\d{4}";
const NAME: &str = "[A-Z][A-Za-z']+";
const WORDS: &str = r"[\w'/-]+( [\w'/-]+)*";
const USER: &str = r"[A-Z][A-Za-z]+(\d{1,2}|[._][A-Z][A-Za-z]+(\d{1,2})?)";
const DOMAIN: &str = "[a-z]+[.](com|biz|info|name|net|org)";
const FILE: &str = "[a-z0-9]+(_+[a-z0-9]+)+[.][a-z0-9]+";
const DIRECTORY: &str = "(/[A-Za-z]+)+";
const SENTENCE: &str = r"[A-Z][a-z]*( [a-z]+){2,9}\.";

/// Every name with what its values must match as a whole.
fn shapes() -> Vec<(&'static str, String)> {
    let mut shapes = plain_shapes();
    shapes.extend(world_shapes());
    shapes.extend(machine_shapes());
    shapes.extend(image_shapes());
    shapes.extend(lorem_shapes());
    shapes
}

fn plain_shapes() -> Vec<(&'static str, String)> {
    vec![
        ("$guid", UUID.into()),
        ("$randomUUID", UUID.into()),
        ("$randomInt", r"\d{1,3}|1000".into()),
        ("$randomBoolean", "true|false".into()),
        ("$randomAlphaNumeric", "[0-9a-z]".into()),
        ("$randomHexColor", "#[0-9a-f]{6}".into()),
        ("$randomSemver", r"\d\.\d\.\d".into()),
        ("$randomLocale", "[a-z]{2,3}".into()),
        ("$timestamp", r"\d{10}".into()),
        (
            "$isoTimestamp",
            r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z".into(),
        ),
        ("$randomDatePast", DATE.into()),
        ("$randomDateFuture", DATE.into()),
        ("$randomDateRecent", DATE.into()),
        ("$randomMonth", "[JFMASOND][a-z]{2,8}".into()),
        ("$randomWeekday", "[MTWFS][a-z]{2,5}day".into()),
    ]
}

fn world_shapes() -> Vec<(&'static str, String)> {
    let title = r"(Mr|Mrs|Ms|Dr)\.|Miss";
    let suffix = r"(Jr|Sr)\.|I|II|III|IV|V|MD|DDS|PhD|DVM";
    let company = "Inc|LLC|Group|and Sons";
    let street = format!("{NAME} [A-Z][a-z]+");
    vec![
        ("$randomFirstName", NAME.into()),
        ("$randomLastName", NAME.into()),
        (
            "$randomFullName",
            format!("(({title}) )?{NAME} {NAME}( ({suffix}))?"),
        ),
        ("$randomNamePrefix", title.into()),
        ("$randomNameSuffix", suffix.into()),
        (
            "$randomJobTitle",
            "[A-Z][a-z]+ [A-Z][A-Za-z-]+ [A-Z][a-z]+".into(),
        ),
        ("$randomJobDescriptor", "[A-Z][a-z]+".into()),
        ("$randomJobArea", "[A-Z][A-Za-z-]+".into()),
        ("$randomJobType", "[A-Z][a-z]+".into()),
        ("$randomPhoneNumber", PHONE.into()),
        ("$randomPhoneNumberExt", format!("[1-9][0-9]?-{PHONE}")),
        ("$randomCity", format!("{NAME}( {NAME})*")),
        ("$randomStreetName", street.clone()),
        (
            "$randomStreetAddress",
            format!("[1-9][0-9]{{2,4}} {street}"),
        ),
        ("$randomCountry", r"[A-Z][\w .,'()&-]+".into()),
        ("$randomCountryCode", "[A-Z]{2}".into()),
        ("$randomLatitude", r"-?\d{1,2}\.\d{4}".into()),
        ("$randomLongitude", r"-?\d{1,3}\.\d{4}".into()),
        (
            "$randomCompanyName",
            format!("{NAME} ({company}|- {NAME})|{NAME}, {NAME} and {NAME}"),
        ),
        ("$randomCompanySuffix", company.into()),
        (
            "$randomCatchPhrase",
            format!("[A-Z]{WORDS} {WORDS} {WORDS}"),
        ),
        ("$randomCatchPhraseAdjective", format!("[A-Z]{WORDS}")),
        ("$randomCatchPhraseDescriptor", WORDS.into()),
        ("$randomCatchPhraseNoun", WORDS.into()),
        ("$randomBs", format!("{WORDS} {WORDS} {WORDS}")),
        ("$randomBsAdjective", WORDS.into()),
        ("$randomBsBuzz", WORDS.into()),
        ("$randomBsNoun", WORDS.into()),
        ("$randomBankAccount", r"\d{8}".into()),
        (
            "$randomBankAccountName",
            "([A-Z][a-z]+ ){1,2}Account".into(),
        ),
        ("$randomBankAccountBic", "[A-Z0-9]{8}([A-Z0-9]{3})?".into()),
        (
            "$randomBankAccountIban",
            "[A-Z]{2}[0-9]{2}[A-Z0-9]{11,27}".into(),
        ),
        ("$randomCreditCardMask", r"\d{4}".into()),
        (
            "$randomTransactionType",
            "deposit|withdrawal|payment|invoice".into(),
        ),
        ("$randomCurrencyCode", "[A-Z]{3}".into()),
        ("$randomCurrencyName", r"[A-Z][\w '(),.-]+".into()),
        ("$randomCurrencySymbol", r"\S{1,3}".into()),
        ("$randomBitcoin", "[13][1-9A-HJ-NP-Za-km-z]{24,33}".into()),
        ("$randomPrice", r"\d{1,3}\.\d\d|1000\.00".into()),
        ("$randomColor", "[a-z]+( [a-z]+)?".into()),
        ("$randomDepartment", "[A-Z][a-z]+".into()),
        (
            "$randomProductName",
            "[A-Z][a-z]+ [A-Z][a-z]+ [A-Z][a-z]+".into(),
        ),
        ("$randomProductAdjective", "[A-Z][a-z]+".into()),
        ("$randomProductMaterial", "[A-Z][a-z]+".into()),
        ("$randomProduct", "[A-Z][a-z]+".into()),
        ("$randomWord", WORDS.into()),
        ("$randomWords", format!("{WORDS} {WORDS}")),
    ]
}

fn machine_shapes() -> Vec<(&'static str, String)> {
    vec![
        ("$randomAbbreviation", "[A-Z]{2,4}".into()),
        ("$randomAdjective", "[a-z]+".into()),
        ("$randomNoun", "[a-z]+".into()),
        ("$randomVerb", "[a-z]+".into()),
        ("$randomIngverb", "[a-z]+ing".into()),
        ("$randomPhrase", "[A-Z].{33,103}[.!?]".into()),
        ("$randomDatabaseColumn", "[A-Za-z]+".into()),
        ("$randomDatabaseType", "[a-z]+".into()),
        ("$randomDatabaseCollation", "[a-z0-9]+(_[a-z]+)+".into()),
        ("$randomDatabaseEngine", "[A-Za-z]+".into()),
        ("$randomFileName", FILE.into()),
        ("$randomCommonFileName", FILE.into()),
        ("$randomFileExt", "[a-z0-9]{1,5}".into()),
        ("$randomCommonFileExt", "[a-z0-9]{2,4}".into()),
        ("$randomFileType", "[a-z-]+".into()),
        (
            "$randomCommonFileType",
            "video|audio|image|text|application".into(),
        ),
        ("$randomMimeType", "[a-z-]+/[A-Za-z0-9.+_-]+".into()),
        ("$randomFilePath", format!("{DIRECTORY}/{FILE}")),
        ("$randomDirectoryPath", DIRECTORY.into()),
        (
            "$randomEmail",
            format!("{USER}@(gmail|yahoo|hotmail)[.]com"),
        ),
        (
            "$randomExampleEmail",
            format!("{USER}@example[.](com|net|org)"),
        ),
        ("$randomUserName", USER.into()),
        ("$randomProtocol", "https?".into()),
        ("$randomUrl", format!("https?://{DOMAIN}")),
        ("$randomDomainName", DOMAIN.into()),
        ("$randomDomainSuffix", "com|biz|info|name|net|org".into()),
        ("$randomDomainWord", "[a-z]+".into()),
        ("$randomIP", r"\d{1,3}(\.\d{1,3}){3}".into()),
        ("$randomIPV6", "[0-9a-f]{4}(:[0-9a-f]{4}){7}".into()),
        ("$randomMACAddress", "[0-9a-f]{2}(:[0-9a-f]{2}){5}".into()),
        ("$randomUserAgent", r"Mozilla/5\.0 \(.{48,118}".into()),
        ("$randomPassword", r"[A-Za-z0-9_]{15}".into()),
    ]
}

fn image_shapes() -> Vec<(&'static str, String)> {
    let categories = [
        ("$randomAbstractImage", "abstract"),
        ("$randomAnimalsImage", "animals"),
        ("$randomBusinessImage", "business"),
        ("$randomCatsImage", "cats"),
        ("$randomCityImage", "city"),
        ("$randomFoodImage", "food"),
        ("$randomNightlifeImage", "nightlife"),
        ("$randomFashionImage", "fashion"),
        ("$randomPeopleImage", "people"),
        ("$randomNatureImage", "nature"),
        ("$randomSportsImage", "sports"),
        ("$randomTransportImage", "transport"),
    ];
    let mut shapes = vec![
        (
            "$randomAvatarImage",
            "https://cdn[.]fakercloud[.]com/avatars/[a-z]+_128[.]jpg".into(),
        ),
        ("$randomImageUrl", "http://placeimg[.]com/640/480".into()),
        (
            "$randomImageDataUri",
            r"data:image/svg\+xml;charset=UTF-8,%3Csvg[\w%.-]+%3C%2Fsvg%3E".into(),
        ),
    ];
    shapes.extend(
        categories
            .map(|(name, category)| (name, format!("http://placeimg[.]com/640/480/{category}"))),
    );
    shapes
}

fn lorem_shapes() -> Vec<(&'static str, String)> {
    let paragraph = format!("{SENTENCE}( {SENTENCE}){{2,5}}");
    vec![
        ("$randomLoremWord", "[a-z]+".into()),
        ("$randomLoremWords", "[a-z]+( [a-z]+){2}".into()),
        ("$randomLoremSentence", SENTENCE.into()),
        (
            "$randomLoremSentences",
            format!("{SENTENCE}( {SENTENCE}){{1,5}}"),
        ),
        ("$randomLoremParagraph", paragraph.clone()),
        (
            "$randomLoremParagraphs",
            format!("{paragraph}(\\n \\r{paragraph}){{2}}"),
        ),
        ("$randomLoremText", r"[A-Za-z][a-z .\r\nA-Z]*".into()),
        ("$randomLoremSlug", "[a-z]+(-[a-z]+){2}".into()),
        (
            "$randomLoremLines",
            format!("{SENTENCE}(\\n{SENTENCE}){{0,4}}"),
        ),
    ]
}

#[test]
fn all_names_of_postman_are_known() {
    let known: BTreeSet<&str> = names().collect();
    let expected: BTreeSet<&str> = shapes().into_iter().map(|(name, _)| name).collect();

    assert_eq!(names().count(), 118);
    assert_eq!(known, expected);
}

#[test]
fn every_value_has_its_shape() {
    let mut random = Random::from_seed(118);

    for (name, shape) in shapes() {
        let pattern = Regex::new(&format!(r"\A(?:{shape})\z")).unwrap();
        for _ in 0..300 {
            let value = generate(name, &mut random).unwrap();
            assert!(pattern.is_match(&value), "{name} gave {value:?}");
        }
    }
}

#[test]
fn numbers_stay_in_their_range() {
    let mut random = Random::from_seed(1);
    let limits = [
        ("$randomInt", 0.0, 1000.0),
        ("$randomLatitude", -90.0, 90.0),
        ("$randomLongitude", -180.0, 180.0),
        ("$randomPrice", 0.0, 1000.0),
    ];

    for (name, lowest, highest) in limits {
        for _ in 0..1000 {
            let value: f64 = generate(name, &mut random).unwrap().parse().unwrap();
            assert!((lowest..=highest).contains(&value), "{name} gave {value}");
        }
    }
}

#[test]
fn a_value_holds_no_token_that_would_be_replaced_again() {
    let mut random = Random::from_seed(2);

    for name in names() {
        for _ in 0..50 {
            let value = generate(name, &mut random).unwrap();
            assert!(
                !value.contains("{{") && !value.contains("<<"),
                "{name} gave {value}"
            );
        }
    }
}

#[test]
fn each_occurrence_gets_a_value_of_its_own() {
    let mut random = Random::default();

    assert_ne!(
        generate("$guid", &mut random),
        generate("$guid", &mut random)
    );
}

#[test]
fn a_name_that_is_not_dynamic_gives_nothing() {
    let mut random = Random::default();

    for name in ["$nope", "guid", "$Guid", "$", ""] {
        assert_eq!(generate(name, &mut random), None, "{name}");
    }
}
