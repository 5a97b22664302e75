"""The pages of the running demo in a real browser: nothing in the console, nothing missing."""

import pytest


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
def test_a_person_signs_in_with_one_click_and_sees_the_desk(visit, width, height):
    one = visit(width, height).sign_in("经办员")
    assert "2012年1月4日" in one.page.inner_text("body")
    assert one.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "the page is wider than the window"
    one.picture(f"desk_{width}")
