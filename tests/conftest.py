from tools import messages


def pytest_configure():
    """Pages are read in Chinese, so the catalogues are made before Django loads them."""
    messages.compile_all()
