"""Identity numbers, credit codes and old licence numbers: samples of the standards, and how people mistype them."""

from datetime import date

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from applicants.identity import (
    Registration,
    Sex,
    WrongBirthDate,
    WrongCharacters,
    WrongCheckCharacter,
    WrongLength,
    WrongNumber,
    age,
    check_character,
    credit_check_character,
    masked,
    parse,
    parse_registration,
)


@pytest.mark.parametrize(
    ("number", "born", "sex"),
    [
        ("11010519491231002X", date(1949, 12, 31), Sex.FEMALE),
        ("440524188001010014", date(1880, 1, 1), Sex.MALE),
        ("34052419800101001X", date(1980, 1, 1), Sex.MALE),
        ("22039919540630965X", date(1954, 6, 30), Sex.MALE),
        ("220399195702213847", date(1957, 2, 21), Sex.FEMALE),
    ],
)
def test_samples_of_the_standard_and_of_the_old_ledger(number, born, sex):
    assert parse(number) == (number, born, sex)


@pytest.mark.parametrize(
    "typed",
    [
        "11010519491231002x",
        " 110105 19491231 002X ",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105\u300019491231\u00a0002ｘ",
        "\ufeff110105\u200b19491231002X\t\n",
    ],
)
def test_what_typing_leaves_behind_is_cleaned(typed):
    assert parse(typed).number == "11010519491231002X"


def test_fifteen_figures_become_eighteen():
    assert parse("110105491231002") == parse("11010519491231002X")
    assert parse(" １１０１０５４９１２３１００２ ").number == "11010519491231002X"


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("", WrongLength),
        ("1101051949123100", WrongLength),
        ("1101051949123100233", WrongLength),
        ("1101051949123100AX", WrongCharacters),
        ("X1010519491231002X", WrongCharacters),
        ("01010519491231002X", WrongCharacters),
        ("11010549123100X", WrongCharacters),
        ("110105١٩٤٩12310023", WrongCharacters),
        ("110105194902290029", WrongBirthDate),
        ("110105194913310022", WrongBirthDate),
        ("110105490229002", WrongBirthDate),
        ("110105000101002X", WrongLength),
        ("110105101001010022", WrongBirthDate),
        ("110105194912310021", WrongCheckCharacter),
        ("11010519491231020X", WrongCheckCharacter),
    ],
)
def test_a_wrong_number_is_refused_for_what_is_wrong(typed, refusal):
    with pytest.raises(WrongNumber) as refused:
        parse(typed)
    assert type(refused.value) is refusal


@pytest.mark.parametrize("on", [date(1949, 12, 30), date(2070, 12, 31)])
def test_with_a_day_given_the_birth_date_must_be_possible_on_it(on):
    with pytest.raises(WrongBirthDate):
        parse("11010519491231002X", on=on)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.integers(0, 999), st.integers(0, 16), st.integers(1, 9))
def test_one_mistyped_figure_is_always_found(born, serial, place, step):
    body = f"220399{born:%Y%m%d}{serial:03}"
    right = body + check_character(body)
    assert parse(right).born == born
    wrong = right[:place] + str((int(right[place]) + step) % 10) + right[place + 1 :]
    with pytest.raises(WrongNumber):
        parse(wrong)


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (date(1952, 1, 4), date(2012, 1, 4), 60),
        (date(1952, 1, 5), date(2012, 1, 4), 59),
        (date(1980, 2, 29), date(2011, 2, 28), 30),
        (date(1980, 2, 29), date(2011, 3, 1), 31),
        (date(2012, 1, 4), date(2012, 1, 4), 0),
    ],
)
def test_age_counts_whole_years(born, on, years):
    assert age(born, on) == years


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("220399197001014118", "220399********4118"),
        ("91350100M000100Y43", "913501********0Y43"),
        ("2203821000517", "220382***0517"),
        ("12345678", "****5678"),
    ],
)
def test_masked(number, shown):
    assert masked(number) == shown


@pytest.mark.parametrize("code", ["91350100M000100Y43", "11320000MB151840XJ", "91310115MA1H8R7C67"])
def test_right_credit_codes(code):
    assert parse_registration(f" {code.lower()} ") == (Registration.CREDIT_CODE, code)


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("91350100M000100Y4Z", WrongCharacters),
        ("91350100M000100Y44", WrongCheckCharacter),
        ("91310115MA1H8R7C6D", WrongCheckCharacter),
        ("9135O100M000100Y43", WrongCharacters),
        ("91350A00M000100Y43", WrongCharacters),
        ("91350100M000100Y", WrongLength),
        ("22038210005A7", WrongCharacters),
    ],
)
def test_wrong_enterprise_numbers(typed, refusal):
    with pytest.raises(WrongNumber) as refused:
        parse_registration(typed)
    assert type(refused.value) is refusal


@pytest.mark.parametrize("number", ["2203821000517", "220382100051712"])
def test_old_licence_numbers(number):
    assert parse_registration(f"{number[:5]} {number[5:]}") == (Registration.OLD_LICENCE, number)


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=11, max_size=11), st.integers(0, 30))
def test_exactly_one_last_character_fits_a_credit_code(rest, place):
    body = f"91220382{rest[:9]}"
    last = "0123456789ABCDEFGHJKLMNPQRTUWXY"[place]
    if last == credit_check_character(body):
        assert parse_registration(body + last)[1] == body + last
    else:
        with pytest.raises(WrongCheckCharacter):
            parse_registration(body + last)


def test_a_refusal_says_what_is_wrong():
    with override("en"), pytest.raises(WrongLength) as refused:
        parse("123")
    assert str(refused.value) == "An identity number has 18 characters (older cards 15); this has 3."
