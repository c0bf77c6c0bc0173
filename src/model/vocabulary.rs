//! The closed lists of words: one enum a list, with the spelling of the native format.

/// Declares an enum whose variants are words of the native format.
macro_rules! vocabulary {
    ($(
        $(#[$meta:meta])*
        $name:ident { $( $(#[$doc:meta])* $variant:ident = $word:expr, )+ }
    )+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name { $(
            $(#[$doc])*
            $variant,
        )+ }

        impl $name {
            /// Every word of the list, in the order of the ontology.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];
            /// The spellings of [`Self::ALL`].
            pub const WORDS: &'static [&'static str] = &[$($word,)+];

            /// The word as the native format spells it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The word of this spelling, if the list has it.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                let at = Self::WORDS.iter().position(|known| *known == word)?;
                Self::ALL.get(at).copied()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = UnknownWord;

            fn from_str(word: &str) -> Result<Self, UnknownWord> {
                Self::from_word(word).ok_or(UnknownWord { allowed: Self::WORDS })
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "enum": Self::WORDS })
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let word = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                word.parse().map_err(serde::de::Error::custom)
            }
        }
    )+};
}
pub(crate) use vocabulary;

/// The word is not of the list.
///
/// ```
/// use comity::{Modality, UnknownWord};
/// let error: UnknownWord = "claimed".parse::<Modality>().unwrap_err();
/// assert_eq!(error.to_string(), "one of asserted, alleged, denied, planned, requested, hypothetical");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("one of {}", allowed.join(", "))]
pub struct UnknownWord {
    /// The words that the list has.
    pub allowed: &'static [&'static str],
}

vocabulary! {
    /// How a claim is told.
    Modality {
        /// Told as so.
        Asserted = "asserted",
        /// Told as somebody's word.
        Alleged = "alleged",
        /// Told only as something that somebody denies.
        Denied = "denied",
        /// Told as intended.
        Planned = "planned",
        /// Told as demanded or asked for.
        Requested = "requested",
        /// Told as an if.
        Hypothetical = "hypothetical",
    }

    /// How the annotator read the words.
    Reading {
        /// As they stand.
        AsWritten = "as_written",
        /// With a broken or mistranslated text mended. Counts only where asked for.
        Repaired = "repaired",
    }

    /// Where a date comes from.
    DateBasis {
        /// The text gives it.
        Stated = "stated",
        /// It was computed from other dates in the text.
        Computed = "computed",
        /// It comes from outside the text.
        Outside = "outside",
    }

    /// In what role somebody belongs to a coalition or an organization.
    MembershipRole {
        /// A member.
        Member = "member",
        /// Joined by signing.
        Signatory = "signatory",
        /// Leads it.
        Leader = "leader",
        /// Began it.
        Initiator = "initiator",
        /// Coordinates it for a term.
        Coordinator = "coordinator",
        /// Present without being a member; left out of counts unless asked for.
        Observer = "observer",
        /// Wants to become a member; left out of counts unless asked for.
        Candidate = "candidate",
    }

    /// How many of a body's own members a membership speaks of.
    Extent {
        /// Each of them.
        All = "all",
        /// All but a few, unnamed: each is possible.
        AlmostAll = "almost_all",
        /// An unnamed few: each is possible.
        Some = "some",
    }

    /// How exact a count is.
    CountPrecision {
        /// Just so many.
        Exact = "exact",
        /// About so many: fits any number.
        Approximate = "approximate",
        /// So many or more.
        AtLeast = "at_least",
        /// So many or fewer.
        AtMost = "at_most",
    }

    /// A step in the making of a coalition.
    FoundingStep {
        /// Somebody began to work for it.
        Initiated = "initiated",
        /// It was announced.
        Announced = "announced",
        /// It was founded.
        Founded = "founded",
        /// It ended.
        Dissolved = "dissolved",
    }

    /// How a body works.
    Rule {
        /// Others may join.
        OpenForJoining = "open_for_joining",
        /// Members must agree to a new one.
        AdmissionByConsent = "admission_by_consent",
        /// The coordination passes on.
        CoordinatorRotates = "coordinator_rotates",
        /// It meets at intervals.
        MeetsRegularly = "meets_regularly",
        /// How to leave.
        Withdrawal = "withdrawal",
        /// Another rule; the claim's gloss says it.
        Other = "other",
    }

    /// The rank of an office, whatever its title.
    Rank {
        /// President, monarch, supreme leader.
        HeadOfState = "head_of_state",
        /// Prime minister, chancellor.
        HeadOfGovernment = "head_of_government",
        /// Foreign minister, secretary of state.
        ForeignMinister = "foreign_minister",
        /// Another minister.
        Minister = "minister",
        /// Ambassador, permanent representative.
        Ambassador = "ambassador",
        /// Speaks for a government or ministry.
        Spokesperson = "spokesperson",
        /// Any other.
        Other = "other",
    }

    /// How two actors stand to each other.
    Stance {
        /// Bound by alliance, or called allies.
        Allied = "allied",
        /// On good terms.
        Friendly = "friendly",
        /// Competitors.
        Rival = "rival",
        /// Enemies.
        Hostile = "hostile",
    }

    /// What was requested of the state that detains.
    Request {
        /// The arrest.
        Arrest = "arrest",
        /// The surrender to the requesting state.
        Extradition = "extradition",
    }

    /// The form of a detention.
    DetentionForm {
        /// Taken.
        Arrest = "arrest",
        /// Held before judgment.
        Custody = "custody",
        /// Confined to a home.
        HouseArrest = "house_arrest",
        /// Serving a sentence.
        Imprisonment = "imprisonment",
        /// Held without a case, in a camp.
        Internment = "internment",
        /// Not let out of the country.
        ExitBan = "exit_ban",
    }

    /// What a sanction does.
    Measure {
        /// May not enter.
        EntryBan = "entry_ban",
        /// Assets are frozen.
        AssetFreeze = "asset_freeze",
        /// No dealings with banks.
        FinancialBan = "financial_ban",
        /// No trade, or none in some goods.
        TradeBan = "trade_ban",
        /// No arms.
        ArmsEmbargo = "arms_embargo",
        /// Exports need leave.
        ExportControl = "export_control",
        /// Duties as a penalty.
        Tariff = "tariff",
        /// No flights.
        FlightBan = "flight_ban",
        /// Diplomats or nationals are sent home.
        Expulsion = "expulsion",
        /// Put on a list.
        Designation = "designation",
        /// Visas are limited.
        VisaLimits = "visa_limits",
        /// Another measure.
        Other = "other",
    }

    /// How those who meet do so.
    MeetingMode {
        /// In one place.
        InPerson = "in_person",
        /// By telephone.
        Phone = "phone",
        /// By video.
        Online = "online",
    }

    /// What kind of meeting it is.
    MeetingKind {
        /// Talks.
        Talks = "talks",
        /// Heads of state or government meet.
        Summit = "summit",
        /// Journalists are told.
        PressConference = "press_conference",
        /// A party or people's congress.
        Congress = "congress",
        /// Terms are negotiated.
        Negotiation = "negotiation",
        /// A session of a body.
        Session = "session",
        /// One side travels to the other.
        Visit = "visit",
        /// Another kind.
        Other = "other",
    }

    /// What a statement does.
    Act {
        /// Says that somebody did wrong.
        Accuse = "accuse",
        /// Makes known.
        Announce = "announce",
        /// Says sorry.
        Apologise = "apologise",
        /// Says that something is so.
        Assert = "assert",
        /// Calls something something.
        Characterise = "characterise",
        /// Voices concern.
        Concern = "concern",
        /// Condemns.
        Condemn = "condemn",
        /// Says that what was said is so.
        Confirm = "confirm",
        /// Asks for with insistence.
        Demand = "demand",
        /// Says that a fact is not so.
        Deny = "deny",
        /// Offers.
        Offer = "offer",
        /// Is against.
        Oppose = "oppose",
        /// Recognises a state, a government, a claim.
        Recognise = "recognise",
        /// Refuses a demand or a criticism; says of no fact that it is false.
        Reject = "reject",
        /// Tells what happened.
        Report = "report",
        /// Is for.
        Support = "support",
        /// Threatens.
        Threaten = "threaten",
        /// Warns.
        Warn = "warn",
        /// Another act.
        Other = "other",
    }

    /// A step in a detention.
    DetentionStage {
        /// Taken.
        Arrest = "arrest",
        /// Charged.
        Charge = "charge",
        /// Before a court, ahead of trial.
        Hearing = "hearing",
        /// On trial.
        Trial = "trial",
        /// Found guilty or not.
        Verdict = "verdict",
        /// Sentenced.
        Sentence = "sentence",
        /// Appealed.
        Appeal = "appeal",
        /// Moved or surrendered.
        Transfer = "transfer",
        /// Let go.
        Release = "release",
        /// Died.
        Death = "death",
    }

    /// A step in a sanction.
    SanctionStage {
        /// Announced.
        Announced = "announced",
        /// Began to apply.
        InForce = "in_force",
        /// Prolonged.
        Extended = "extended",
        /// Made harder.
        Tightened = "tightened",
        /// Made softer.
        Eased = "eased",
        /// Paused.
        Suspended = "suspended",
        /// Ended.
        Lifted = "lifted",
    }

    /// A step in a meeting.
    MeetingStage {
        /// Announced.
        Announced = "announced",
        /// Began.
        Opened = "opened",
        /// Ended.
        Closed = "closed",
        /// Put off.
        Postponed = "postponed",
        /// Called off.
        Cancelled = "cancelled",
        /// Broke down.
        Collapsed = "collapsed",
    }

    /// A step in the life of an instrument.
    InstrumentStage {
        /// Drafted.
        Drafted = "drafted",
        /// Adopted.
        Adopted = "adopted",
        /// Began to apply.
        InForce = "in_force",
        /// Changed.
        Amended = "amended",
        /// Paused.
        Suspended = "suspended",
        /// Ended.
        Terminated = "terminated",
    }

    /// The form of the words of a mention.
    MentionForm {
        /// A name.
        Name = "name",
        /// A description.
        Nominal = "nominal",
        /// A pronoun.
        Pronoun = "pronoun",
        /// A title.
        Title = "title",
        /// A word for the people or things of a place.
        Demonym = "demonym",
        /// A capital or building for a government.
        Metonym = "metonym",
        /// A name misspelt.
        Misspelling = "misspelling",
        /// The words that tell of an event or relation.
        Trigger = "trigger",
        /// A date or period.
        Time = "time",
        /// A number.
        Quantity = "quantity",
        /// Quoted speech.
        Quotation = "quotation",
    }

    /// How an article came to be.
    OriginKind {
        /// Written by its publisher.
        Original = "original",
        /// From a news agency.
        Wire = "wire",
        /// Printed again.
        Reprint = "reprint",
        /// Translated.
        Translation = "translation",
    }

    /// Who annotated.
    AnnotatorKind {
        /// A person.
        Human = "human",
        /// A program.
        Tool = "tool",
    }

    /// What kind of organization it is.
    OrganizationKind {
        /// An intergovernmental organization.
        Igo = "igo",
        /// A bloc of states.
        Bloc = "bloc",
        /// A ministry or other organ of a state.
        Ministry = "ministry",
        /// An embassy or mission.
        Embassy = "embassy",
        /// A political party.
        Party = "party",
        /// A court.
        Court = "court",
        /// A company.
        Company = "company",
        /// A newspaper, agency or broadcaster.
        Media = "media",
        /// A non-governmental organization.
        Ngo = "ngo",
        /// An armed group.
        ArmedGroup = "armed_group",
        /// Another kind.
        Other = "other",
    }

    /// Behind what a coalition stands.
    CoalitionKind {
        /// A declaration.
        Declaration = "declaration",
        /// A letter.
        Letter = "letter",
        /// A group of friends.
        GroupOfFriends = "group_of_friends",
        /// An alliance; only these carry pledges.
        Alliance = "alliance",
        /// Sanctions imposed together.
        Sanctioning = "sanctioning",
        /// Another kind.
        Other = "other",
    }

    /// What kind of instrument it is.
    InstrumentKind {
        /// A declaration.
        Declaration = "declaration",
        /// A letter.
        Letter = "letter",
        /// A diplomatic note.
        Note = "note",
        /// A law.
        Law = "law",
        /// A treaty.
        Treaty = "treaty",
        /// A petition.
        Petition = "petition",
        /// A request or warrant of a court.
        CourtRequest = "court_request",
        /// A written statement.
        Statement = "statement",
        /// A resolution.
        Resolution = "resolution",
        /// Another kind.
        Other = "other",
    }

    /// What kind of place it is.
    PlaceKind {
        /// A city.
        City = "city",
        /// A region.
        Region = "region",
        /// A building.
        Building = "building",
        /// A sea.
        Sea = "sea",
        /// Another kind.
        Other = "other",
    }

    /// What the members of an alliance promise each other (the five promises of ATOP: Leeds et al. 2002).
    Pledge {
        /// To defend a member that is attacked.
        Defense = "defense",
        /// To join in an attack.
        Offense = "offense",
        /// To stay out of a war against a member.
        Neutrality = "neutrality",
        /// Not to attack a member.
        Nonaggression = "nonaggression",
        /// To talk, and seek a common course.
        Consultation = "consultation",
    }
}
