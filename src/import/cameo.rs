//! The codes of CAMEO events: what each means, its Goldstein value, its class in PLOVER.
//!
//! It reads no event data and makes no claims: that is for the readers of ICEWS and GDELT.

use std::sync::OnceLock;

const EVENTS: &str = include_str!("../../data/cameo/events.tsv");

/// A kind of event in CAMEO (Conflict and Mediation Event Observations), version 1.1b3: 311 of them, in a tree of three levels
/// that their digits show.
///
/// Gerner, Schrodt, Yilmaz and Abu-Jabr 2002; the values are Goldstein's (1992) as carried over to CAMEO; the classes those of
/// PLOVER 0.8 (2021).
///
/// ```
/// use comity::CameoEvent;
/// let arrest = CameoEvent::of("173").expect("it is a code");
/// assert_eq!((arrest.name(), arrest.goldstein()), ("arrest, detain, or charge with legal action", -5.0));
/// assert_eq!(arrest.plover().map(|class| (class.event, class.mode)), Some(("COERCE", Some("arrest"))));
/// assert_eq!(arrest.parent().map(CameoEvent::code), Some("17"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CameoEvent {
    code: &'static str,
    goldstein: f32,
    plover: Option<PloverClass>,
    name: &'static str,
}

/// The class of a CAMEO event in PLOVER.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct PloverClass {
    /// The type of event: `CONSULT`, `COERCE`, ...
    pub event: &'static str,
    /// How it was done: `phone`, `arrest`, ...
    pub mode: Option<&'static str>,
    /// What it was about: `military`, `legal`, ...; where there are two, parted by a semicolon.
    pub context: Option<&'static str>,
}

impl CameoEvent {
    /// Every code, in the order of the codebook. Read once, when first asked for.
    pub fn all() -> impl ExactSizeIterator<Item = &'static Self> {
        static ALL: OnceLock<Vec<CameoEvent>> = OnceLock::new();
        let read = || EVENTS.lines().skip(1).filter_map(CameoEvent::of_line).collect();
        ALL.get_or_init(read).iter()
    }

    fn of_line(line: &'static str) -> Option<Self> {
        let mut fields = line.split('\t');
        let mut next = || fields.next();
        let (code, goldstein) = (next()?, next()?.parse().ok()?);
        let (event, mode, context, name) = (next()?, next()?, next()?, next()?);
        let filled = |text: &'static str| Some(text).filter(|text| !text.is_empty());
        let class = |event| PloverClass { event, mode: filled(mode), context: filled(context) };
        Some(Self { code, goldstein, plover: filled(event).map(class), name })
    }

    /// The event of a code, with its leading zero: `040` is "consult", `40` is none. Logarithmic.
    #[must_use]
    pub fn of(code: &str) -> Option<&'static Self> {
        static BY_CODE: OnceLock<Vec<&'static CameoEvent>> = OnceLock::new();
        let sorted = BY_CODE.get_or_init(|| {
            let mut events: Vec<_> = Self::all().collect();
            events.sort_unstable_by_key(|event| event.code);
            events
        });
        let at = sorted.binary_search_by_key(&code, |event| event.code).ok()?;
        sorted.get(at).copied()
    }

    /// The event that the gloss of a claim names, as the readers of ICEWS and GDELT write it.
    ///
    /// ```
    /// use comity::CameoEvent;
    /// let told = CameoEvent::of_gloss("CAMEO 043: host a visit").expect("it is written so");
    /// assert_eq!((told.code(), told.gloss()), ("043", "CAMEO 043: host a visit".into()));
    /// ```
    #[must_use]
    pub fn of_gloss(gloss: &str) -> Option<&'static Self> {
        let (code, _) = gloss.strip_prefix(GLOSS)?.split_once(':')?;
        Self::of(code)
    }

    /// What the readers of event data write as the gloss of a claim.
    #[must_use]
    pub fn gloss(&self) -> String {
        format!("{GLOSS}{}: {}", self.code, self.name)
    }

    /// Its code: two digits for a class, three or four for a kind of event.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// What it means, as the codebook has it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// How far such an event moves two states together or apart: from -10 (conflict) to 10 (cooperation). It is a value of the
    /// kind of event, not of what happened.
    #[must_use]
    pub fn goldstein(&self) -> f32 {
        self.goldstein
    }

    /// Its class in PLOVER. None for statements and appeals (01 and 02), which PLOVER left out, and for 08, which it split.
    #[must_use]
    pub fn plover(&self) -> Option<PloverClass> {
        self.plover
    }

    /// Its two digits at the top: `17` of `1711`.
    #[must_use]
    pub fn root(&self) -> &'static str {
        &self.code[..2]
    }

    /// The next one up the tree; none at the top.
    #[must_use]
    pub fn parent(&self) -> Option<&'static Self> {
        Self::of(&self.code[..self.code.len() - 1])
    }

    /// Whether it is done in words: statements, appeals, intentions, consultations, diplomacy (01 to 05), investigations,
    /// demands, disapproval, rejections and threats (09 to 13). All else is done in deeds.
    #[must_use]
    pub fn is_verbal(&self) -> bool {
        matches!(self.root(), "01" | "02" | "03" | "04" | "05" | "09" | "10" | "11" | "12" | "13")
    }
}

const GLOSS: &str = "CAMEO ";
