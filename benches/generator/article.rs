//! One invented article: picks what it tells of, then writes it in the native format.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use comity::Day;

use super::Random;
use super::world::{DAYS, NATIONS, OFFICES, Spell, World, news_day};

const PUBLISHERS: &[&str] = &["Daily Courier", "Evening Post", "National Gazette", "Morning Herald", "World Wire"];
const MEASURES: &[&str] = &["entry_ban", "asset_freeze", "trade_ban", "arms_embargo", "tariff"];
const ACTS: &[&str] = &["accuse", "announce", "concern", "condemn", "demand", "reject", "support", "warn"];
const STANCES: &[&str] = &["allied", "friendly", "rival", "hostile"];
const CHARGES: &[&str] = &["espionage", "illegal entry", "fraud", "endangering state security"];

/// An article in the making.
pub(crate) struct Article<'w> {
    world: &'w World,
    published: Day,
    entities: Vec<String>,
    /// The local id of each entity, by its key.
    ids: BTreeMap<String, String>,
    facts: Vec<String>,
}

impl<'w> Article<'w> {
    /// The article as a line of JSON, and how many facts it has.
    pub(crate) fn write(world: &'w World, random: &mut Random, nth: usize) -> (String, usize) {
        let published = news_day(random.below(DAYS) + 365);
        let mut article = Self { world, published, entities: Vec::new(), ids: BTreeMap::new(), facts: Vec::new() };
        let wanted = 8 + random.below(4);
        while article.facts.len() < wanted {
            match random.below(100) {
                0..22 => article.membership(random),
                22..40 => article.office(random),
                40..56 => article.detained_national(random),
                56..66 => drop(article.sanction(random)),
                66..84 => article.statement(random),
                84..90 => article.retaliation(random),
                90..95 => article.meeting(random),
                95..98 => article.alignment(random),
                _ => article.roster(random),
            }
        }
        (article.finish(random, nth), article.facts.len())
    }

    /// The local id of this entity, named now if it was not yet.
    fn entity(&mut self, kind: &str, slug: &str, more: &str) -> String {
        let key = format!("{kind}/{slug}");
        if let Some(id) = self.ids.get(&key) {
            return id.clone();
        }
        let id = format!("e{}", self.entities.len() + 1);
        self.entities.push(format!(r#""id":"{id}","type":"{kind}","key":"{key}"{more}"#));
        self.ids.insert(key, id.clone());
        id
    }

    fn nation(&mut self, nation: usize) -> String {
        let (code, name) = NATIONS[nation];
        self.entity("nation", code, &format!(r#","name":"{name}","same_as":["iso3166:{code}"]"#))
    }

    fn coalition(&mut self, coalition: usize) -> String {
        let kind = self.world.coalitions[coalition].kind;
        let pledges = if kind == "alliance" { r#","pledges":["defense","consultation"]"# } else { "" };
        let more = format!(r#","name":"Pact {coalition}","kind":"{kind}"{pledges}"#);
        self.entity("coalition", &format!("pact-{coalition}"), &more)
    }

    fn official(&mut self, official: usize) -> String {
        self.entity("person", &format!("official-{official}"), &format!(r#","name":"Official {official}""#))
    }

    /// Writes a fact, all but its evidence; returns its local id.
    fn fact(&mut self, body: &str) -> String {
        let id = format!("f{}", self.facts.len() + 1);
        self.facts.push(format!(r#""id":"{id}",{body}"#));
        id
    }

    /// How and by whom it is told: mostly in the article's own voice.
    fn telling(&mut self, random: &mut Random) -> String {
        if random.percent(12) {
            let who = self.nation(random.prominent(NATIONS.len()));
            return format!(r#""modality":"alleged","said_by":"{who}""#);
        }
        let modality = if random.percent(3) { "planned" } else { "asserted" };
        let negated = if random.percent(2) { r#","negated":true"# } else { "" };
        format!(r#""modality":"{modality}"{negated}"#)
    }

    /// A `when` for a spell, as exact as an article tends to be.
    fn lasting(&self, random: &mut Random, spell: Spell) -> String {
        let from = match random.below(10) {
            0 => "unknown".to_owned(),
            1 => spell.from.to_string()[..4].to_owned(),
            2 | 3 => spell.from.to_string()[..7].to_owned(),
            _ => spell.from.to_string(),
        };
        let until = match spell.until {
            // A month or year might end before the first day that is given: ends are told to the day.
            Some(until) => format!(r#","until":"{until}""#),
            None if spell.from <= self.published && random.percent(70) => r#","until":"open""#.to_owned(),
            None => String::new(),
        };
        format!(r#""when":{{"from":"{from}"{until}}}"#)
    }

    fn moment(&self, random: &mut Random) -> String {
        let day = self.published.plus_days(-(random.below(20) as i32)).unwrap_or(self.published);
        format!(r#""when":{{"at":"{day}"}}"#)
    }

    fn membership(&mut self, random: &mut Random) {
        let coalition = random.prominent(self.world.coalitions.len());
        let members = &self.world.coalitions[coalition].members;
        let (nation, spell) = *random.pick(members);
        let (member, of) = (self.nation(nation), self.coalition(coalition));
        let role = if random.percent(10) { r#""with":{"role":"leader"},"# } else { "" };
        let (telling, when) = (self.telling(random), self.lasting(random, spell));
        self.fact(&format!(
            r#""type":"membership","args":{{"member":["{member}"],"of":["{of}"]}},{role}{telling},{when}"#
        ));
    }

    fn office(&mut self, random: &mut Random) {
        let number = random.prominent(self.world.officials.len());
        let official = &self.world.officials[number];
        let ((title, rank), nation, spell) = (OFFICES[official.office], official.nation, official.spell);
        let (holder, of) = (self.official(number), self.nation(nation));
        let (telling, when) = (self.telling(random), self.lasting(random, spell));
        self.fact(&format!(
            r#""type":"office","args":{{"holder":["{holder}"],"of":["{of}"]}},"with":{{"title":"{title}","rank":"{rank}"}},{telling},{when}"#
        ));
    }

    fn detention(&mut self, random: &mut Random) -> (usize, String, String) {
        let number = random.prominent(self.world.detentions.len());
        let act = &self.world.detentions[number];
        let (by, spell) = (act.by, act.spell);
        let held = self.entity("person", &format!("held-{number}"), &format!(r#","name":"Detainee {number}""#));
        let by = self.nation(by);
        let charge = random.pick(CHARGES);
        let (telling, when) = (self.telling(random), self.lasting(random, spell));
        let fact = self.fact(&format!(
            r#""type":"detention","key":"detention/case-{number}","args":{{"detained":["{held}"],"by":["{by}"]}},"with":{{"charge":"{charge}"}},{telling},{when}"#
        ));
        (number, held, fact)
    }

    fn detained_national(&mut self, random: &mut Random) {
        let (number, held, _) = self.detention(random);
        let nation = self.nation(self.world.detentions[number].against);
        let telling = self.telling(random);
        self.fact(&format!(r#""type":"nationality","args":{{"who":["{held}"],"nation":["{nation}"]}},{telling}"#));
    }

    fn sanction(&mut self, random: &mut Random) -> String {
        let number = random.prominent(self.world.sanctions.len());
        let act = &self.world.sanctions[number];
        let (by, target, spell) = (act.by, act.against, act.spell);
        let (by, target) = (self.nation(by), self.nation(target));
        let measure = random.pick(MEASURES);
        let (telling, when) = (self.telling(random), self.lasting(random, spell));
        self.fact(&format!(
            r#""type":"sanction","key":"sanction/measure-{number}","args":{{"by":["{by}"],"target":["{target}"]}},"with":{{"measures":["{measure}"]}},{telling},{when}"#
        ))
    }

    fn statement(&mut self, random: &mut Random) {
        let number = random.prominent(self.world.officials.len());
        let (one, other) = *random.pick(&self.world.rivals);
        let nation = if self.world.officials[number].nation == one { other } else { one };
        let (speaker, about) = (self.official(number), self.nation(nation));
        let act = random.pick(ACTS);
        let when = self.moment(random);
        let said = self.fact(&format!(
            r#""type":"statement","args":{{"speaker":["{speaker}"],"about":["{about}"]}},"with":{{"act":"{act}"}},"modality":"asserted",{when}"#
        ));
        if random.percent(15) {
            self.fact(&format!(
                r#""type":"characterisation","args":{{"of":["{about}"]}},"with":{{"label":"unreliable"}},"modality":"asserted","said_in":"{said}""#
            ));
        }
    }

    /// One act as an answer to another, and often a denial of that by who acted.
    fn retaliation(&mut self, random: &mut Random) {
        let (number, _, response) = self.detention(random);
        let to = self.sanction(random);
        let (accuser, accused) = (self.world.detentions[number].against, self.world.detentions[number].by);
        let (accuser, accused) = (self.nation(accuser), self.nation(accused));
        let alleged = self.fact(&format!(
            r#""type":"retaliation","args":{{"response":["{response}"],"to":["{to}"]}},"modality":"alleged","said_by":"{accuser}""#
        ));
        if random.percent(50) {
            let when = self.moment(random);
            self.fact(&format!(
                r#""type":"statement","args":{{"speaker":["{accused}"],"content":["{alleged}"]}},"with":{{"act":"deny"}},"modality":"asserted",{when}"#
            ));
        }
    }

    fn meeting(&mut self, random: &mut Random) {
        let number = random.prominent(self.world.officials.len() - 1);
        let (one, other) = (self.official(number), self.official(number + 1));
        let (telling, when) = (self.telling(random), self.moment(random));
        self.fact(&format!(
            r#""type":"meeting","args":{{"participant":["{one}","{other}"]}},"with":{{"kind":"talks"}},{telling},{when}"#
        ));
    }

    fn alignment(&mut self, random: &mut Random) {
        let (one, other) = *random.pick(&self.world.rivals);
        let (one, other, stance) = (self.nation(one), self.nation(other), random.pick(STANCES));
        let when = self.moment(random);
        self.fact(&format!(
            r#""type":"alignment","args":{{"parties":["{one}","{other}"]}},"with":{{"stance":"{stance}"}},"modality":"asserted",{when}"#
        ));
    }

    fn roster(&mut self, random: &mut Random) {
        let coalition = random.prominent(self.world.coalitions.len());
        let (count, of) = (self.world.coalitions[coalition].members.len(), self.coalition(coalition));
        let when = self.moment(random);
        self.fact(&format!(
            r#""type":"roster","args":{{"of":["{of}"]}},"with":{{"count":{{"value":{count},"precision":"exact"}}}},"modality":"asserted",{when}"#
        ));
    }

    /// Puts names on the first entities and triggers under the facts, and all of it together.
    fn finish(&self, random: &mut Random, nth: usize) -> String {
        let mentions = 12 + random.below(4);
        let names = self.entities.len().min(8);
        let mut codepoints = 40;
        let mut out = String::with_capacity(4_096);
        let _ = write!(out, r#"{{"format":1,"id":"press:{nth:08}","offsets":"codepoint","mentions":["#);
        for mention in 0..mentions {
            let (start, length) = (codepoints + 20 + random.below(160), 4 + random.below(20));
            codepoints = start + length;
            let comma = if mention == 0 { "" } else { "," };
            let (hash, form) = (random.bits(), if mention < names { "name" } else { "trigger" });
            let id = mention + 1;
            let _ = write!(
                out,
                r#"{comma}{{"id":"m{id}","spans":[[{start},{codepoints}]],"hash":"{hash:016x}","form":"{form}"}}"#
            );
        }
        out.push_str(r#"],"entities":["#);
        for (at, entity) in self.entities.iter().enumerate() {
            let comma = if at == 0 { "" } else { "," };
            let _ = match at < names {
                true => write!(out, r#"{comma}{{{entity},"mentions":["m{}"]}}"#, at + 1),
                false => write!(out, "{comma}{{{entity}}}"),
            };
        }
        out.push_str(r#"],"facts":["#);
        for (at, fact) in self.facts.iter().enumerate() {
            let comma = if at == 0 { "" } else { "," };
            let trigger = names + at % (mentions - names) + 1;
            let _ = write!(out, r#"{comma}{{{fact},"evidence":["m{trigger}"]}}"#);
        }
        let digest = [random.bits(), random.bits(), random.bits(), random.bits()];
        let (publisher, published) = (random.pick(PUBLISHERS), self.published);
        let _ = write!(
            out,
            r#"],"article":{{"publisher":"{publisher}","language":"en","published":"{published}","text":{{"sha256":"{:016x}{:016x}{:016x}{:016x}","codepoints":{}}}}}}}"#,
            digest[0],
            digest[1],
            digest[2],
            digest[3],
            codepoints + 100,
        );
        out
    }
}
