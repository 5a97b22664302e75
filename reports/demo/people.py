"""Who comes to the counter in the demo's first days of 2012. All invented: the area code 220399 does not exist."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from applicants.identity import check_character
from applicants.models import Group
from loans.forms_of_repayment import Form

RURAL, POSTAL, CITY = "农信社", "邮储", "城商行"


class Story(NamedTuple):
    """One applicant and what they ask for; how far their case comes is said in living.py."""

    name: str
    sex: str
    born: date
    group: Group
    community: str
    bank: str
    project: str
    trade: str
    amount: Decimal
    form: Form = Form.GRACE_QUARTERLY

    @property
    def identity_number(self):
        sequence = 701 + STORIES.index(self) * 2 + (self.sex == "F")
        body = f"220399{self.born:%Y%m%d}{sequence}"
        return body + check_character(body)

    @property
    def phone(self):
        return f"1390434{2001 + STORIES.index(self)}"


def _story(name, sex, born, group, community, bank, project, trade, amount, form=Form.GRACE_QUARTERLY):
    return Story(name, sex, date.fromisoformat(born), group, community, bank, project, trade, Decimal(amount), form)


JOBLESS, LAID_OFF, ZERO, VETERAN = Group.REGISTERED_UNEMPLOYED, Group.LAID_OFF_SOE, Group.ZERO_EMPLOYMENT_FAMILY, Group.VETERAN
HARD, DISABLED, COLLECTIVE = Group.HARD_TO_EMPLOY, Group.DISABLED, Group.COLLECTIVE_LAID_OFF

STORIES = (
    _story("许秀兰", "F", "1968-09-17", ZERO, "郑家屯街", RURAL, "粘豆包加工", "食品加工", 50000),
    _story("潘志国", "M", "1973-05-08", JOBLESS, "茂林镇", RURAL, "农机修理部", "修理修配", 50000),
    _story("戴立新", "M", "1960-11-02", LAID_OFF, "辽北街", CITY, "早餐店", "餐饮服务", 30000),
    _story("马凤英", "F", "1971-03-26", LAID_OFF, "辽南街", POSTAL, "裁缝店", "服装加工", 40000),
    _story("宋海波", "M", "1979-07-14", VETERAN, "辽北街", POSTAL, "货运服务部", "运输服务", 50000),
    _story("梁桂芝", "F", "1965-12-05", COLLECTIVE, "辽东街", CITY, "家政服务社", "家政服务", 30000),
    _story("高志远", "M", "1982-02-19", JOBLESS, "茂林镇", RURAL, "温室大棚", "种植业", 50000),
    _story("冯丽华", "F", "1976-10-30", JOBLESS, "辽西街", POSTAL, "美发店", "理发美容", 60000),
    _story("孟庆丰", "M", "1969-06-11", LAID_OFF, "双山镇", RURAL, "肉牛养殖", "养殖业", 50000),
    _story("于淑清", "F", "1970-01-23", HARD, "卧虎镇", CITY, "豆腐坊", "食品加工", 30000),
    _story("任永强", "M", "1975-04-09", JOBLESS, "兴隆镇", RURAL, "轮胎修补", "修理修配", 50000),
    _story("薛玉梅", "F", "1978-08-28", JOBLESS, "服先镇", POSTAL, "童装店", "批发零售", 80000),
    _story("董长林", "M", "1966-03-15", DISABLED, "东明镇", RURAL, "修鞋配锁", "修理修配", 20000),
    _story("姜红艳", "F", "1980-05-21", JOBLESS, "玻璃山镇", CITY, "小吃店", "餐饮服务", 60000, Form.BULLET_QUARTERLY),
    _story("尹国栋", "M", "1972-09-03", LAID_OFF, "郑家屯街", POSTAL, "五金商店", "批发零售", 50000),
    _story("贾秀芹", "F", "1967-07-07", ZERO, "红旗街", RURAL, "熟食加工", "食品加工", 50000),
    _story("范立军", "M", "1977-12-16", VETERAN, "茂林镇", CITY, "农资配送", "运输服务", 50000),
    _story("石晓东", "M", "1981-10-10", JOBLESS, "辽北街", RURAL, "手机维修", "修理修配", 40000),
    _story("韩玉芳", "F", "1974-06-18", JOBLESS, "辽南街", POSTAL, "干洗店", "家政服务", 50000),
    _story("邹立春", "M", "1963-02-04", LAID_OFF, "辽西街", CITY, "蔬菜批发", "批发零售", 30000),
)
