"""Contacts out of the files that programs and telephones write."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctidesk.store.contact import Contact, ContactNumber
from ctidesk.store.contact_csv import CsvContacts, CsvForm, preview_csv
from ctidesk.store.csv_columns import ColumnMapping, guess_mapping
from ctidesk.store.encodings import recognise_encoding
from ctidesk.store.vcard import VcardContacts

RUSSIAN = "ФИО;Телефон;Компания;Примечание\r\nБелова Анна;8 (916) 123-45-67;Ромашка;ключ\r\nОрлов;101;;\r\n"


def csv_contacts(path: Path, data: bytes, form: CsvForm | None = None) -> list[Contact]:
    path.write_bytes(data)
    reader = CsvContacts(path, form)
    contacts = list(reader)
    assert reader.done == 1.0
    return contacts


def cards(path: Path, data: bytes | str) -> list[Contact]:
    path.write_bytes(data if isinstance(data, bytes) else data.replace("\n", "\r\n").encode())
    reader = VcardContacts(path)
    contacts = list(reader)
    assert reader.done == 1.0
    return contacts


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "contacts"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_encodings_are_recognised(file: Path, encoding: str) -> None:
    contacts = csv_contacts(file, RUSSIAN.encode(encoding))
    assert contacts == [
        Contact(
            name="Белова Анна",
            numbers=(ContactNumber("8 (916) 123-45-67", "Телефон"),),
            company="Ромашка",
            note="ключ",
        ),
        Contact(name="Орлов", numbers=(ContactNumber("101", "Телефон"),)),
    ]


def test_a_byte_that_is_no_utf_8_decides_wherever_it_is(file: Path) -> None:
    file.write_bytes(b"a" * 100_000 + "ы".encode("cp1251"))
    assert recognise_encoding(file) == "cp1251"
    assert recognise_encoding(file, "cp1252") == "cp1252"
    file.write_bytes(b"a" * 65_535 + "ы".encode())  # a letter that lies across two portions
    assert recognise_encoding(file) == "utf-8"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_are_recognised(file: Path, delimiter: str) -> None:
    lines = [["Name", "Phone", "Note"], ["Anna, Ms; x", "101", "a|b"], ["Boris", "102", "c"]]
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in lines)
    assert [contact.name for contact in csv_contacts(file, text.encode())] == ["Anna, Ms; x", "Boris"]
    assert preview_csv(file).form.delimiter == delimiter


def test_the_line_of_spreadsheets_tells_the_delimiter(file: Path) -> None:
    contacts = csv_contacts(file, "sep=|\r\nName|Phone\r\nA;B;C|101,102\r\n".encode("utf-8-sig"))
    assert [(one.name, len(one.numbers)) for one in contacts] == [("A;B;C", 2)]


@pytest.mark.parametrize(
    ("header", "row", "contact"),
    [
        (
            "First Name,Middle Name,Last Name,Company,Job Title,Business Phone,Mobile Phone,Business Fax,"
            "E-mail Address,Notes",
            "Anna,B.,Belova,Romashka,Director,8 495 1234567,+7 916 1234567,8 495 7654321,a@b.example,VIP",
            Contact(
                name="Belova Anna B.",
                numbers=(
                    ContactNumber("8 495 1234567", "Business Phone"),
                    ContactNumber("+7 916 1234567", "Mobile Phone"),
                ),
                company="Romashka",
                title="Director",
                email="a@b.example",
                note="VIP",
            ),
        ),
        (
            "Name,Organization Name,Organization Title,Phone 1 - Type,Phone 1 - Value,Phone 2 - Type,Phone 2 - Value",
            "Anna,Romashka,Boss,Mobile,+7 916 1234567 ::: +7 916 1111111,Work,101",
            Contact(
                name="Anna",
                numbers=(
                    ContactNumber("+7 916 1234567", "Phone 1 - Value"),
                    ContactNumber("+7 916 1111111", "Phone 1 - Value"),
                    ContactNumber("101", "Phone 2 - Value"),
                ),
                company="Romashka",
                title="Boss",
            ),
        ),
        (
            "Код,Прізвище,Ім'я,По батькові,Мобільний,Організація,Посада",
            "77,Петренко,Оксана,Іванівна,0671234567,Волошка,бухгалтер",
            Contact(
                name="Петренко Оксана Іванівна",
                numbers=(ContactNumber("0671234567", "Мобільний"),),
                company="Волошка",
                title="бухгалтер",
                key="77",
            ),
        ),
        (
            "Номер договора,Контакт,Номер телефона",
            "12345,Орлов,8 916 123 45 67",
            Contact(name="Орлов", numbers=(ContactNumber("8 916 123 45 67", "Номер телефона"),)),
        ),
        (
            "Организация,Телефоны",
            'Ромашка,"8 495 1234567; 8 495 7654321, доб. 5"',
            Contact(
                name="Ромашка",
                numbers=(
                    ContactNumber("8 495 1234567", "Телефоны"),
                    ContactNumber("8 495 7654321, доб. 5", "Телефоны"),
                ),
                company="Ромашка",
            ),
        ),
    ],
)
def test_columns_are_guessed_by_their_names(file: Path, header: str, row: str, contact: Contact) -> None:
    assert csv_contacts(file, f"{header}\n{row}\n".encode()) == [contact]


def test_columns_are_guessed_by_what_they_hold(file: Path) -> None:
    contacts = csv_contacts(file, "1;Анна Белова;8 916 123-45-67;Ромашка\n2;Орлов;101;\n".encode())
    assert contacts == [
        Contact(name="Анна Белова", numbers=(ContactNumber("8 916 123-45-67"),), company="Ромашка"),
        Contact(name="Орлов", numbers=(ContactNumber("101"),)),
    ]


def test_the_guess_can_be_changed_after_a_look(file: Path) -> None:
    file.write_bytes("Nick,Phone,Nickname\nx,101,\u202eThe\x07 Boss\n".encode())
    preview = preview_csv(file)
    assert preview.header == ("Nick", "Phone", "Nickname")
    assert preview.rows == (("x", "101", "The Boss"),)
    assert preview.form.mapping.numbers == (1,)
    form = CsvForm(mapping=ColumnMapping(name=(2, 0), numbers=(1,)))
    assert [one.name for one in preview_csv(file, form).contacts] == ["\u202eThe\x07 Boss x"]
    assert [one.name for one in CsvContacts(file, form)] == ["\u202eThe\x07 Boss x"]


def test_a_long_note_and_odd_rows_do_no_harm(file: Path) -> None:
    note = "ы" * 1_000_000
    text = f'Name,Phone,Note\nAnna,101,"{note}"\n\n,,\nno number,,x\nshort\nBoris,102,"two\nlines"\nnul\0,103,"open\n'
    contacts = csv_contacts(file, text.encode())
    assert [(one.name, len(one.note)) for one in contacts] == [("Anna", 1_000_000), ("Boris", 9), ("nul\0", 4)]


@pytest.mark.parametrize("data", [b"", b"\n", b"\xff\xfe", b"\0\0\0", b"name,phone\n", "ФИО;Телефон".encode("cp1251")])
def test_files_without_contacts(file: Path, data: bytes) -> None:
    assert csv_contacts(file, data) == []
    assert preview_csv(file).contacts == ()


@given(st.lists(st.lists(st.text(max_size=20), max_size=6), max_size=6))
def test_any_table_has_a_mapping(rows: list[list[str]]) -> None:
    mapping = guess_mapping(rows)
    columns = max(map(len, rows), default=0)
    assert all(column < columns for column in (*mapping.name, *mapping.numbers))


def test_a_card_of_each_version(file: Path) -> None:
    versit = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=91=D0=B5=D0=BB=
=D0=BE=D0=B2=D0=B0;=D0=90=D0=BD=D0=BD=D0=B0;;;
TEL;CELL;PREF:+79161234567
TEL;WORK;VOICE:101
ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=A0=D0=BE=D0=BC=D0=B0=D1=88=D0=BA=D0=B0;sales
PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQ
AABBBB:not a property really
 CCCC==

NOTE;ENCODING=QUOTED-PRINTABLE:a=0D=0Ab
END:VCARD
"""
    rfc2426 = """BEGIN:VCARD
VERSION:3.0
FN:Belova Anna
N:Belova;Anna;;;
item1.TEL:8 (495) 123-45-67
item1.X-ABLabel:_$!<HomeFAX>!$_
TEL;TYPE=work,voice:tel:+7-495-765-43-21
EMAIL;TYPE=INTERNET:a@b.example
TITLE:Director\\, Sales
NOTE:first\\nsecond\\; long
 er line
UID:urn:uuid:1
END:VCARD
"""
    rfc6350 = """begin:vcard
version:4.0
fn:Петренко Оксана
org:"Волошка";
tel;value=uri;type="cell,voice":tel:+380-67-123-45-67;ext=5
tel;value=text;type=home:044 123 45 67
end:vcard
"""
    assert cards(file, versit + rfc2426 + rfc6350) == [
        Contact(
            name="Белова Анна",
            numbers=(ContactNumber("+79161234567", "cell"), ContactNumber("101", "work")),
            company="Ромашка, sales",
            note="a\r\nb",
        ),
        Contact(
            name="Belova Anna",
            numbers=(ContactNumber("8 (495) 123-45-67", "HomeFAX"), ContactNumber("+7-495-765-43-21", "work")),
            email="a@b.example",
            title="Director, Sales",
            note="first\nsecond; longer line",
            key="urn:uuid:1",
        ),
        Contact(
            name="Петренко Оксана",
            numbers=(ContactNumber("+380-67-123-45-67;ext=5", "cell"), ContactNumber("044 123 45 67", "home")),
            company='"Волошка"',
        ),
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1251"])
def test_cards_in_other_encodings(file: Path, encoding: str) -> None:
    text = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Белова\r\nTEL:101\r\nEND:VCARD\r\n"
    assert [one.name for one in cards(file, text.encode(encoding))] == ["Белова"]


def test_a_code_page_in_quoted_printable(file: Path) -> None:
    text = b"BEGIN:VCARD\nFN;CHARSET=windows-1251;ENCODING=QUOTED-PRINTABLE:=C1=E5=EB=EE=E2=E0\nTEL:1 01\nEND:VCARD\n"
    assert [one.name for one in cards(file, text)] == ["Белова"]


def test_broken_cards_cost_only_what_is_broken(file: Path) -> None:
    text = """TEL:1
END:VCARD
BEGIN:VCARD
FN:A
this is no property
;;;:x
TEL:101
AGENT:
BEGIN:VCARD
FN:Assistant
TEL:999
END:VCARD
NOTE;CHARSET=no-such-set:kept
END:VCARD
BEGIN:VCARD
FN:nobody
TEL:
END:VCARD
BEGIN:VCARD
TEL:102
ORG:Only Company
"""
    assert [(one.name, one.numbers[0].number, one.note) for one in cards(file, text)] == [
        ("A", "101", "kept"),
        ("Only Company", "102", ""),
    ]


@given(data=st.binary(max_size=400))
def test_any_bytes_are_a_file(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    file = tmp_path_factory.mktemp("any") / "file"
    cards(file, b"BEGIN:VCARD\r\nTEL:1\r\n" + data)
    csv_contacts(file, b"name,phone\r\n" + data)


def test_numbers_that_a_table_holds_as_text(tmp_path: Path) -> None:
    """Spreadsheets are told by an apostrophe or a formula that a number is none to calculate with."""
    file = tmp_path / "people.csv"
    file.write_text('Name;Phone\nAnna;\'+7 495 123-45-67\nBoris;="84951234568"\nC;"=""+7 495 123-45-69"""\n')
    contacts = list(CsvContacts(file))
    assert [one.numbers[0].number for one in contacts] == ["+7 495 123-45-67", "84951234568", "+7 495 123-45-69"]


@pytest.mark.parametrize("beginning", ["AGENT:BEGIN:VCARD", "AGENT:\nBEGIN:VCARD"])
def test_the_card_of_an_assistant_is_another_one(tmp_path: Path, beginning: str) -> None:
    """vCard 2.1 has it within the card, and lets it begin on the line of its name."""
    file = tmp_path / "people.vcf"
    file.write_text(f"BEGIN:VCARD\n{beginning}\nFN:Boris\nTEL:102\nEND:VCARD\nFN:Anna\nTEL:101\nEND:VCARD\n")
    assert [(one.name, [number.number for number in one.numbers]) for one in VcardContacts(file)] == [("Anna", ["101"])]
