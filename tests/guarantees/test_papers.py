"""担保承诺书, read back from the PDF."""

import pytest

from guarantees import papers
from guarantees.models import Promise
from loans.models import Loan
from loans.states import State
from staff.models import Role
from tests import make, pdf

pytestmark = pytest.mark.django_db

BASE = "http://127.0.0.1:8000/"


def letter(loan):
    return papers.promise_letter(Promise.objects.get(loan=loan), base_url=BASE)


@pytest.fixture(autouse=True)
def fund():
    make.fund("200000")


def test_the_letter_holds_number_borrower_amount_term_fund_and_signature():
    make.case_at(State.PROMISED)
    loan = make.case_at(State.PROMISED)
    said = pdf.only_page(content := letter(loan))
    for told in (
        "双担承〔2012〕2号",
        "农村信用合作联社：",
        f"借款人潘志国，身份证号{loan.applicant.masked_number}",
        f"案件编号{loan.number}",
        "担保金额50,000.00元（人民币伍万元整），期限24个月，半年后按季等额还本",
        "有效期至2012年3月4日",
        "专户余额200,000.00元，放大5倍可担保1,000,000.00元",
        "在保和已承诺100,000.00元，未超过放大倍数，尚余900,000.00元",
        "审定人（签字）：陈建国",
        "双辽市小额担保贷款中心2012年1月4日",
        "（印章）",
    ):
        assert told in said, told
    assert loan.applicant.identity_number not in said
    assert pdf.title(content) == "担保承诺书 双担承〔2012〕2号" and pdf.language(content) == "zh-CN"
    assert pdf.size(content) == (595, 842) and pdf.fonts_not_embedded(content) == []


def test_the_letter_stands_where_official_letters_stand():
    left, _bottom, right, top = pdf.sides(letter(make.case_at(State.PROMISED)))
    assert left >= 79 and right >= 71 and 84 <= top <= 100  # 28 and 26 mm; the mark 30 mm from the top


def test_the_letter_stays_as_it_was_signed():
    loan = make.case_at(State.PROMISED)
    before = pdf.only_page(letter(loan))
    make.case_at(State.LIVE)
    make.fund("300000")
    assert pdf.only_page(letter(loan)) == before


@pytest.mark.parametrize(("state", "word"), [(State.LAPSED, "已失效"), (State.WITHDRAWN, "已撤回")])
def test_a_letter_that_is_void_says_so(state, word):
    loan = make.taken_back(make.case_at(State.PROMISED)) if state == State.WITHDRAWN else make.case_at(state)
    assert word in pdf.only_page(letter(loan))
    assert word not in pdf.only_page(letter(make.case_at(State.LIVE)))


def test_the_longest_names_keep_to_one_page():
    firm = make.enterprise("双辽市鑫达农牧业综合开发利用有限责任公司")
    loan = make.case_at(State.PROMISED, project="肉牛规模养殖与秸秆饲料加工及有机肥生产综合利用项目二期工程")
    Loan.objects.filter(pk=loan.pk).update(applicant=firm)
    loan.bank.name = "中国农业银行股份有限公司双辽市支行"
    loan.bank.save()
    content = letter(loan)
    assert firm.credit_code in pdf.only_page(content) and "注册号" in pdf.only_page(content)


def test_a_bank_prints_letters_of_its_own_cases_only():
    loan = make.case_at(State.PROMISED)
    answer = make.browser(make.clerk(loan)).get(f"/cases/{loan.number}/promise.pdf")
    assert answer["Content-Type"] == "application/pdf" and answer["Content-Disposition"].startswith("inline")
    stranger = make.user(Role.BANK, bank=make.bank("邮政储蓄银行", "邮储"))
    assert make.browser(stranger).get(f"/cases/{loan.number}/promise.pdf").status_code == 404
    assert make.browser(make.clerk(loan)).get(f"/cases/{make.case_at(State.CONFIRMED).number}/promise.pdf").status_code == 404
