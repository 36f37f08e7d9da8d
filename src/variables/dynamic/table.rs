//! Which function makes the value of which variable.

use super::Random;
use super::{
    commerce, company, database, date, file, finance, hacker, iban, image, internet, lorem, person,
    place, plain,
};

/// Makes one value.
type Maker = fn(&mut Random) -> String;

/// A fresh value for a dynamic variable, or nothing when the name is not one.
pub(in crate::variables) fn generate(name: &str, random: &mut Random) -> Option<String> {
    TABLE
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, make)| make(random))
}

/// The names of all dynamic variables, each with its `$`.
pub(in crate::variables) fn names() -> impl Iterator<Item = &'static str> {
    TABLE.iter().map(|(name, _)| *name)
}

const TABLE: &[(&str, Maker)] = &[
    // identifiers, numbers and characters
    ("$guid", plain::uuid),
    ("$randomUUID", plain::uuid),
    ("$randomInt", plain::integer),
    ("$randomBoolean", plain::boolean),
    ("$randomAlphaNumeric", plain::alphanumeric),
    ("$randomHexColor", plain::hex_color),
    ("$randomSemver", plain::semver),
    ("$randomLocale", plain::locale),
    // time
    ("$timestamp", |_| date::timestamp()),
    ("$isoTimestamp", |_| date::iso_timestamp()),
    ("$randomDatePast", date::past),
    ("$randomDateFuture", date::future),
    ("$randomDateRecent", date::recent),
    ("$randomMonth", date::month),
    ("$randomWeekday", date::weekday),
    // people
    ("$randomFirstName", person::first_name),
    ("$randomLastName", person::last_name),
    ("$randomFullName", person::full_name),
    ("$randomNamePrefix", person::prefix),
    ("$randomNameSuffix", person::suffix),
    ("$randomJobTitle", person::job_title),
    ("$randomJobDescriptor", person::job_descriptor),
    ("$randomJobArea", person::job_area),
    ("$randomJobType", person::job_type),
    ("$randomPhoneNumber", person::phone_number),
    ("$randomPhoneNumberExt", person::phone_number_with_country),
    // places
    ("$randomCity", place::city),
    ("$randomStreetName", place::street_name),
    ("$randomStreetAddress", place::street_address),
    ("$randomCountry", place::country),
    ("$randomCountryCode", place::country_code),
    ("$randomLatitude", place::latitude),
    ("$randomLongitude", place::longitude),
    // companies
    ("$randomCompanyName", company::name),
    ("$randomCompanySuffix", company::suffix),
    ("$randomCatchPhrase", company::catch_phrase),
    (
        "$randomCatchPhraseAdjective",
        company::catch_phrase_adjective,
    ),
    (
        "$randomCatchPhraseDescriptor",
        company::catch_phrase_descriptor,
    ),
    ("$randomCatchPhraseNoun", company::catch_phrase_noun),
    ("$randomBs", company::bs),
    ("$randomBsAdjective", company::bs_adjective),
    ("$randomBsBuzz", company::bs_buzz),
    ("$randomBsNoun", company::bs_noun),
    // money
    ("$randomBankAccount", finance::account),
    ("$randomBankAccountName", finance::account_name),
    ("$randomBankAccountBic", finance::bic),
    ("$randomBankAccountIban", iban::iban),
    ("$randomCreditCardMask", finance::card_mask),
    ("$randomTransactionType", finance::transaction_type),
    ("$randomCurrencyCode", finance::currency_code),
    ("$randomCurrencyName", finance::currency_name),
    ("$randomCurrencySymbol", finance::currency_symbol),
    ("$randomBitcoin", finance::bitcoin),
    // shops
    ("$randomPrice", commerce::price),
    ("$randomColor", commerce::color),
    ("$randomDepartment", commerce::department),
    ("$randomProductName", commerce::product_name),
    ("$randomProductAdjective", commerce::product_adjective),
    ("$randomProductMaterial", commerce::product_material),
    ("$randomProduct", commerce::product),
    ("$randomWord", commerce::word),
    ("$randomWords", commerce::words),
    // computers
    ("$randomAbbreviation", hacker::abbreviation),
    ("$randomAdjective", hacker::adjective),
    ("$randomNoun", hacker::noun),
    ("$randomVerb", hacker::verb),
    ("$randomIngverb", hacker::ingverb),
    ("$randomPhrase", hacker::phrase),
    ("$randomDatabaseColumn", database::column),
    ("$randomDatabaseType", database::kind),
    ("$randomDatabaseCollation", database::collation),
    ("$randomDatabaseEngine", database::engine),
    // files
    ("$randomFileName", file::name),
    ("$randomCommonFileName", file::common_name),
    ("$randomFileExt", file::extension),
    ("$randomCommonFileExt", file::common_extension),
    ("$randomFileType", file::kind),
    ("$randomCommonFileType", file::common_kind),
    ("$randomMimeType", file::mime_type),
    ("$randomFilePath", file::path),
    ("$randomDirectoryPath", file::directory),
    // images
    ("$randomAvatarImage", image::avatar),
    ("$randomImageUrl", |_| image::any()),
    ("$randomAbstractImage", |_| image::of("abstract")),
    ("$randomAnimalsImage", |_| image::of("animals")),
    ("$randomBusinessImage", |_| image::of("business")),
    ("$randomCatsImage", |_| image::of("cats")),
    ("$randomCityImage", |_| image::of("city")),
    ("$randomFoodImage", |_| image::of("food")),
    ("$randomNightlifeImage", |_| image::of("nightlife")),
    ("$randomFashionImage", |_| image::of("fashion")),
    ("$randomPeopleImage", |_| image::of("people")),
    ("$randomNatureImage", |_| image::of("nature")),
    ("$randomSportsImage", |_| image::of("sports")),
    ("$randomTransportImage", |_| image::of("transport")),
    ("$randomImageDataUri", |_| image::data_uri()),
    // the internet
    ("$randomEmail", internet::email),
    ("$randomExampleEmail", internet::example_email),
    ("$randomUserName", internet::user_name),
    ("$randomProtocol", internet::protocol),
    ("$randomUrl", internet::url),
    ("$randomDomainName", internet::domain_name),
    ("$randomDomainSuffix", internet::domain_suffix),
    ("$randomDomainWord", internet::domain_word),
    ("$randomIP", internet::ip),
    ("$randomIPV6", internet::ipv6),
    ("$randomMACAddress", internet::mac_address),
    ("$randomUserAgent", internet::user_agent),
    ("$randomPassword", internet::password),
    // filler text
    ("$randomLoremWord", lorem::word),
    ("$randomLoremWords", lorem::words),
    ("$randomLoremSentence", lorem::sentence),
    ("$randomLoremSentences", lorem::sentences),
    ("$randomLoremParagraph", lorem::paragraph),
    ("$randomLoremParagraphs", lorem::paragraphs),
    ("$randomLoremText", lorem::text),
    ("$randomLoremSlug", lorem::slug),
    ("$randomLoremLines", lorem::lines),
];
