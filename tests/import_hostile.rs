//! Every reader of tables on input that means it harm: a diagnostic, never a panic, little memory, and a ledger that adds up.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test")]

mod shared;

use std::collections::BTreeSet;
use std::io::{self, Read};

use comity::{
    ArchigosOptions, AtopAlliancesOptions, AtopOptions, CoalitionListOptions, Code, CowAlliancesOptions,
    CowCapabilitiesOptions, CowIgoOptions, CowMajorsOptions, CowStatesOptions, GdeltOptions, Graph, IcewsOptions,
    ImportReport, SanctionsListOptions, Severity, Stage, WikidataOptions, read_archigos, read_atop,
    read_atop_alliances, read_coalition_list, read_cow_alliances, read_cow_capabilities, read_cow_igo, read_cow_majors,
    read_cow_states, read_gdelt, read_icews, read_sanctions_list, read_wikidata,
};
use shared::Endless;

/// A reader, a sound table of two rows for it, and how many items that has.
struct Case {
    name: &'static str,
    read: fn(&mut dyn Read) -> ImportReport,
    table: &'static str,
    items: u64,
}

/// Reads, and applies what was read: a reader's batch is always one that a graph takes.
macro_rules! reader {
    ($read:ident, $options:ident) => {
        |reader: &mut dyn Read| {
            let (batch, report) = $read(reader, &$options::new());
            Graph::new().apply(batch).unwrap();
            check(&report);
            report
        }
    };
}

const CASES: &[Case] = &[
    Case {
        name: "atop",
        read: reader!(read_atop, AtopOptions),
        table: "atopid,member,yrent,moent,dayent,yrexit,moexit,dayexit,phase,defense,offense,neutral,nonagg,consul,version\n\
                9001,20,1950,4,4,1960,1,2,0,1,0,0,0,1,5.1\n9001,395,1950,4,4,0,0,0,0,1,0,0,0,1,5.1\n",
        items: 2,
    },
    Case {
        name: "atop alliances",
        read: reader!(read_atop_alliances, AtopAlliancesOptions),
        table: "atopid,begyr,begmo,begday,endyr,endmo,endday,maxphase,defense,offense,neutral,nonagg,consul,version\n\
                9001,1950,4,4,1960,1,2,0,1,0,0,0,1,5.1\n9002,1950,4,4,0,0,0,2,1,0,0,0,1,5.1\n",
        items: 2,
    },
    Case {
        name: "cow states",
        read: reader!(read_cow_states, CowStatesOptions),
        table: "stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version\n\
                CAN,20,Canada,1920,1,10,2016,12,31,2016\nRUS,365,Russia,1816,1,1,2016,12,31,2016\n",
        items: 2,
    },
    Case {
        name: "cow majors",
        read: reader!(read_cow_majors, CowMajorsOptions),
        table: "stateabb,ccode,styear,stmonth,stday,endyear,endmonth,endday,version\n\
                JPN,740,1895,4,1,1945,8,14,2016\nJPN,740,1991,4,1,2016,12,31,2016\n",
        items: 2,
    },
    Case {
        name: "cow alliances",
        read: reader!(read_cow_alliances, CowAlliancesOptions),
        table: "version4id,ccode,state_name,ss_type,mem_st_day,mem_st_month,mem_st_year,mem_end_day,mem_end_month,mem_end_year,right_censor\n\
                9001,20,Canada,Type I: Defense Pact,4,4,1950,,,,1\n9001,395,Iceland,Type I: Defense Pact,4,4,1950,1,6,1960,0\n",
        items: 2,
    },
    Case {
        name: "cow igo",
        read: reader!(read_cow_igo, CowIgoOptions),
        table: "ccode,year,state,nato,un\n20,2014,canada,1,-9\n395,2013,iceland,3,1\n",
        items: 4,
    },
    Case {
        name: "cow capabilities",
        read: |reader| {
            let (capabilities, report) = read_cow_capabilities(reader, &CowCapabilitiesOptions::new());
            assert_eq!(capabilities.len() as u64, report.kept());
            check(&report);
            report
        },
        table: "ccode,year,cinc\n20,1950,0.012\n365,1950,0.18\n",
        items: 2,
    },
    Case {
        name: "archigos",
        read: reader!(read_archigos, ArchigosOptions),
        table: "obsid,gwcode,leadid,leader,yrborn,startdate,enddate,entry,exit,exitcode\n\
                ICE-2001,395,a,Arnar,1950,2001-02-03,2004-05-06,Regular,Regular,\"Regular, or so\"\n\
                ICE-2004,395,b,Berg,1960,2004-05-06,2015-12-31,Regular,Still in Office,Still in Office\n",
        items: 2,
    },
    Case {
        name: "icews",
        read: reader!(read_icews, IcewsOptions),
        table: "event id,event date,source name,source country,cameo code,target name,target country,story id,sentence number\n\
                1,2018-06-01,Police (Chile),Chile,173,Citizen (Iceland),Iceland,41,2\n2,2018-06-01,Chile,Chile,042,Iceland,Iceland,41,3\n",
        items: 2,
    },
    Case {
        name: "gdelt",
        read: reader!(read_gdelt, GdeltOptions),
        table: "globaleventid,sqldate,eventcode,dateadded,actor1code,actor1name,actor1countrycode,actor1knowngroupcode,actor2code,\
                actor2name,actor2countrycode,actor2knowngroupcode,actiongeo_countrycode,sourceurl\n\
                1,20180601,173,20180601,CHLCOP,POLICE,CHL,,ISL,ICELANDIC,ISL,,CI,http://a.example/1\n\
                2,20180601,112,20180601,IGOUNO,UN,,UNO,CHL,CHILE,CHL,,CI,http://a.example/1\n",
        items: 2,
    },
    Case {
        name: "coalition list",
        read: reader!(read_coalition_list, CoalitionListOptions),
        table: "coalition,member_as_printed,iso3,start,end,source,note,kind,key\n\
                Pact,Canada,CAN,2021-02-03,,https://example.org/1,founding,alliance,pact\n\
                Letter,the Congo,COG,2021-02-03,withdrew,https://example.org/2,,,\n",
        items: 2,
    },
    Case {
        name: "sanctions list",
        read: reader!(read_sanctions_list, SanctionsListOptions),
        table: "Type,QID,Name,Alias,Country,Topics,Summary,Body,List,Date,End date,Source URL\n\
                Person,Q5,Arna Berg,A;B,Iceland,sanction,MP,Ministry,AFSL,22.03.21,,https://example.org/1\n\
                Company,,Skyr Ltd.,,CA,export.control,,,,2021-03-22,2.4.2022,https://example.org/1\n",
        items: 2,
    },
    Case {
        name: "sanctions journal",
        read: reader!(read_sanctions_list, SanctionsListOptions),
        table: "celex,programKey,measure,startDate,reason,schema,name,alias,nationality,jurisdiction\n\
                32020R1998,EU-HR,Asset freeze,2 March 2021,so,Person,Arna BERG,,Russian,\n\
                32020R1998,EU-HR,Asset freeze,2.3.2021,so,LegalEntity,Skyr,,,Iceland\n",
        items: 2,
    },
];

/// What holds of every report.
fn check(report: &ImportReport) {
    assert_eq!(report.read(), report.mapped() + report.kept() + report.dropped() + report.rejected());
    let told = report.diagnostics();
    assert_eq!(told.len() as u64 + report.untold(), report.rejected() + report.warnings());
    assert!(told.len() <= ImportReport::DIAGNOSTICS);
    for one in told {
        assert!(one.line >= 1 && one.column >= 1 && !one.message.is_empty(), "{one}");
        assert!(!one.message.ends_with('.') && matches!(one.code.stage(), Stage::Table | Stage::Record), "{one}");
        assert!(!one.to_string().contains('\n'), "{one}");
    }
    let last = report.to_string();
    assert!(last.lines().last().unwrap().starts_with(&format!("{} read = ", report.read())));
}

fn read(case: &Case, table: impl AsRef<[u8]>) -> ImportReport {
    (case.read)(&mut table.as_ref())
}

/// The rows of a table as lists of fields; no field of ours but one holds a comma.
fn fields(table: &str) -> Vec<Vec<String>> {
    let whole = |line: &str| line.replace("Regular, or so", "Regular; or so").split(',').map(str::to_owned).collect();
    table.lines().map(whole).collect()
}

fn written(rows: &[Vec<String>]) -> String {
    rows.iter().map(|row| row.join(",") + "\n").collect()
}

#[test]
fn the_sound_tables_are_sound() {
    for case in CASES {
        let report = read(case, case.table);
        assert!(report.is_clean(), "{}: {report}", case.name);
        assert_eq!(report.read(), case.items, "{}", case.name);
        // Also with a byte order mark, line ends of another system, and none at the end.
        let dressed = format!("\u{feff}{}", case.table.trim_end().replace('\n', "\r\n"));
        assert_eq!(read(case, dressed), report, "{}", case.name);
    }
}

#[test]
fn a_table_cut_off_at_any_byte_is_told_where_a_row_is_cut() {
    for case in CASES {
        let width = fields(case.table)[0].len();
        for end in 0..case.table.len() {
            let cut = &case.table[..end];
            let report = read(case, cut);
            let last = cut.rsplit('\n').next().unwrap();
            // What is cut within its last field only may be a row: "2016" is as good as "20163" to whoever does not know.
            let is_cut = last.split(',').count() < width && !last.is_empty();
            // Of the first row the columns that need not be there may be missing: then there is no row.
            let is_told = report.rejected() >= 1 || !cut.is_empty() && !cut.contains('\n') && report.read() == 0;
            assert!(!(is_cut || cut.is_empty()) || is_told, "{} cut at {end}: {report}", case.name);
        }
    }
}

#[test]
fn the_order_of_columns_and_rows_makes_no_difference_and_others_are_left() {
    for case in CASES {
        let plain = read(case, written(&fields(case.table)));
        let mut rows = fields(case.table);
        for row in &mut rows {
            row.reverse();
        }
        rows[1..].reverse();
        for (nth, name) in rows[0].iter_mut().enumerate() {
            if nth % 2 == 0 {
                *name = format!(" {} ", name.to_uppercase());
            }
        }
        let shuffled = read(case, written(&rows));
        assert!(shuffled.is_clean(), "{}: {shuffled}", case.name);
        assert_eq!((plain.mapped(), plain.kept()), (shuffled.mapped(), shuffled.kept()), "{}", case.name);
        if case.name != "cow igo" {
            rows.iter_mut().for_each(|row| row.push("0".into()));
            rows[0].pop();
            rows[0].push("x_note".into());
            assert!(read(case, written(&rows)).is_clean(), "{}", case.name);
        }
    }
}

#[test]
fn by_what_fields_are_parted_and_whether_they_are_quoted_makes_no_difference() {
    for case in CASES {
        let plain = read(case, written(&fields(case.table)));
        assert!(plain.is_clean(), "{}: {plain}", case.name);
        for parts in [",", "\t", ";"] {
            let quoted = |field: &String| format!("\"{}\"", field.trim_matches('"'));
            let is_in_a_field = |row: &Vec<String>| row.iter().any(|field| field.contains(parts));
            let bare = !fields(case.table).iter().any(is_in_a_field);
            for quote in [true, false].into_iter().filter(|quote| *quote || bare) {
                let row = |row: &Vec<String>| match quote {
                    true => row.iter().map(quoted).collect::<Vec<_>>().join(parts),
                    false => row.join(parts),
                };
                let table: String = fields(case.table).iter().map(|one| row(one) + "\r\n").collect();
                let report = read(case, format!("\u{feff}{table}"));
                assert!(report.is_clean(), "{} {parts:?} {quote}: {report}\n{table}", case.name);
                assert_eq!((report.mapped(), report.kept()), (plain.mapped(), plain.kept()), "{}", case.name);
            }
        }
    }
    // The project's own file of leaders: tabs, its name for the number, and columns that are left.
    let rows = "obsid\tleadid\tccode\tidacr\tleader\tstartdate\teindate\tenddate\teoutdate\tentry\texit\texitcode\tyrborn\n\
                ICE-2001\ta-1\t395\tICE\tArnar\t2001-02-03\t2001-02-03\t2004-05-06\t2004-05-06\tRegular\tRegular\tRegular\t1950\n";
    let (_, report) = read_archigos(rows.as_bytes(), &ArchigosOptions::new());
    assert!(report.is_clean() && report.mapped() == 1, "{report}");
}

#[test]
fn any_field_may_hold_anything() {
    let values: [&[u8]; 16] = [
        b"",
        b"-9",
        b"99999999",
        b"0",
        b"-1",
        b"3.5",
        b"1e9",
        b"NaN",
        b"\xe9t\xe9",
        b"\0",
        b"\"",
        b"\"\"",
        b"9999-99-99",
        b"2001-02-30",
        b"\xff\xfe",
        b"a\rb",
    ];
    for case in CASES {
        let rows: Vec<Vec<u8>> = case.table.lines().map(|line| line.as_bytes().to_vec()).collect();
        let width = fields(case.table)[0].len();
        for row in 0..rows.len() {
            for column in 0..width {
                for value in values {
                    let mut table = fields(case.table)
                        .into_iter()
                        .map(|row| row.into_iter().map(String::into_bytes).collect::<Vec<_>>());
                    let table: Vec<u8> = table
                        .by_ref()
                        .enumerate()
                        .flat_map(|(nth, mut fields)| {
                            if nth == row {
                                fields[column] = value.to_vec();
                            }
                            [fields.join(&b","[..]), b"\n".to_vec()].concat()
                        })
                        .collect();
                    let report = read(case, &table);
                    assert!(report.read() >= 1, "{}: {report}", case.name);
                }
            }
        }
    }
}

#[test]
fn a_line_of_a_gigabyte_is_one_rejected_row() {
    for (nth, case) in CASES.iter().enumerate() {
        let (heading, rows) = case.table.split_at(case.table.find('\n').unwrap() + 1);
        // All of them on a long one; one of them on a very long one.
        let length = if nth == 2 { 1 << 30 } else { 3 << 20 };
        for byte in [b'x', b'"', b','] {
            let length = if byte == b'x' { length } else { 3 << 20 };
            let mut table = heading.as_bytes().chain(Endless(length, byte)).chain(&b"\n"[..]).chain(rows.as_bytes());
            let report = (case.read)(&mut table);
            assert_eq!((report.rejected(), report.read()), (1, case.items + 1), "{}: {report}", case.name);
            assert_eq!((report.diagnostics()[0].code, report.diagnostics()[0].line), (Code::I0104, 2));
        }
        let report = (case.read)(&mut Endless(3 << 20, b'x'));
        assert_eq!((report.rejected(), report.read()), (1, 1), "{}: {report}", case.name);
    }
}

#[test]
fn a_million_columns_are_no_table() {
    for case in CASES {
        let names: String = (0..1_000_000).map(|nth| format!("c{nth},")).collect();
        let report = read(case, format!("{names}\n1,2\n"));
        assert_eq!((report.rejected(), report.diagnostics()[0].code), (1, Code::I0104), "{}", case.name);
        let report = read(case, format!("{}{}\n", case.table, ",".repeat(1_000_000)));
        assert_eq!((report.rejected(), report.read()), (1, case.items + 1), "{}: {report}", case.name);
    }
}

/// A reader whose source is gone.
struct Fails;

impl Read for Fails {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::other("the cable is out"))
    }
}

#[test]
fn a_reader_that_fails_in_the_middle_keeps_what_it_has_and_says_so() {
    for case in CASES {
        let report = (case.read)(&mut case.table.as_bytes().chain(Fails));
        assert_eq!((report.read(), report.rejected()), (case.items + 1, 1), "{}: {report}", case.name);
        assert_eq!(report.diagnostics()[0].code, Code::I0106);
        assert_eq!((case.read)(&mut Fails).rejected(), 1);
    }
}

#[test]
fn an_open_quote_swallows_no_row_that_follows() {
    for case in CASES {
        let mut rows: Vec<&str> = case.table.lines().collect();
        let broken = format!("\"{}", rows[1]);
        rows.insert(1, &broken);
        let report = read(case, rows.join("\n"));
        assert_eq!((report.rejected(), report.read()), (1, case.items + 1), "{}: {report}", case.name);
        // Where the line has quotes of its own they close it, in the wrong place.
        let first = &report.diagnostics()[0];
        assert!(matches!(first.code, Code::I0103 | Code::I0105) && first.line == 2, "{first}");
    }
}

/// A table of the case, with one field changed.
fn with(case: &str, column: &str, value: &[u8]) -> ImportReport {
    let case = CASES.iter().find(|one| one.name == case).unwrap();
    let mut rows: Vec<Vec<Vec<u8>>> =
        fields(case.table).into_iter().map(|row| row.into_iter().map(String::into_bytes).collect()).collect();
    let nth = rows[0].iter().position(|name| name == column.as_bytes()).unwrap();
    rows[1][nth] = value.to_vec();
    let table: Vec<u8> = rows.iter().flat_map(|row| [row.join(&b","[..]), b"\n".to_vec()].concat()).collect();
    read(case, table)
}

#[test]
fn every_code_of_tables_is_raised_at_its_place() {
    let states = &CASES[2];
    let igo = &CASES[5];
    let heading = states.table.lines().next().unwrap();
    let (first, second) = (states.table.lines().nth(1).unwrap(), states.table.lines().nth(2).unwrap());
    let reports = [
        (Code::I0101, (2, 8), "/statenme", with("cow states", "statenme", b"Canad\xe1")),
        (Code::I0102, (1, 1), "/version", read(states, heading.replace("version", "edition"))),
        (Code::I0103, (2, 1), "", read(states, format!("{heading}\n{first},7\n"))),
        (Code::I0104, (2, 1), "", read(states, format!("{heading}\n{}\n", "x".repeat(2 << 20)))),
        (Code::I0105, (2, 1), "", read(states, format!("{heading}\n\"{first}\n{second}\n"))),
        (Code::I0106, (2, 1), "", (states.read)(&mut format!("{heading}\n").as_bytes().chain(Fails))),
        (Code::I0107, (1, 78), "/version", read(states, format!("{heading},version\n{first},2016\n"))),
        (Code::I0108, (1, 1), "", read(states, "")),
        (Code::I0109, (1, 1), "", read_wikidata(&b"entities"[..], &WikidataOptions::new()).1),
        (Code::I0201, (2, 5), "/ccode", with("cow states", "ccode", b"twenty")),
        (Code::I0202, (2, 20), "/stmonth", with("cow states", "stmonth", b"13")),
        (Code::I0203, (2, 15), "/styear", with("cow states", "styear", b"99999999")),
        (Code::I0204, (2, 25), "/endyear", with("cow states", "endyear", b"1916")),
        (Code::I0205, (2, 5), "/ccode", with("cow states", "ccode", b"")),
        (Code::I0206, (2, 16), "/nato", with("cow igo", "nato", b"-2")),
        (Code::I0207, (2, 14), "/leadid", with("archigos", "leadid", "é".as_bytes())),
        (Code::I0208, (3, 4), "/year", read(igo, "ccode,year,un\n20,2014,1\n20,2014,1\n")),
        (Code::I0209, (1, 14), "", read_wikidata(&br#"{"claims": {}}"#[..], &WikidataOptions::new()).1),
        (Code::I0301, (2, 5), "/ccode", with("cow states", "ccode", b"9999")),
        (
            Code::I0302,
            (2, 6),
            "/member",
            read(&CASES[0], CASES[0].table.replace("9001,20,1950,4,4,1960,1,2", "9001,640,1922,,,1922,12,1")),
        ),
        (Code::I0303, (2, 1), "/stateabb", with("cow states", "stateabb", b"USA")),
        (Code::I0401, (2, 49), "/entry", with("archigos", "entry", b"R\xe9gulier")),
        (Code::I0402, (3, 14), "/leadid", read(&CASES[7], CASES[7].table.replace(",b,Berg,1960", ",a,Berg,1850"))),
        (Code::I0403, (2, 25), "/country", with("sanctions list", "Country", b"Atlantis")),
    ];
    let mut raised = BTreeSet::new();
    for (code, place, path, report) in &reports {
        let first = report.diagnostics().first().unwrap_or_else(|| panic!("{code}: {report}"));
        assert_eq!((first.code, (first.line, first.column), first.path.as_str()), (*code, *place, *path), "{first}");
        assert_eq!(first.severity, code.severity());
        assert_eq!(report.rejected() > 0, code.severity() == Severity::Error, "{report}");
        raised.insert(*code);
    }
    let all = Code::ALL.iter().copied().filter(|code| matches!(code.stage(), Stage::Table | Stage::Record)).collect();
    assert_eq!(raised, all);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(300))]
    #[test]
    fn no_bytes_make_a_reader_panic(
        nth in 0..CASES.len(),
        changes in proptest::collection::vec((proptest::prelude::any::<u16>(), "[,\"\n\r\t0-9a-z\\-.]{0,3}"), 0..12),
        noise in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..40),
    ) {
        let mut table = CASES[nth].table.as_bytes().to_vec();
        for (at, text) in &changes {
            let at = usize::from(*at) % table.len();
            let end = (at + text.len() / 2).min(table.len());
            table.splice(at..end, text.bytes());
        }
        table.extend(noise);
        read(&CASES[nth], table);
    }
}
