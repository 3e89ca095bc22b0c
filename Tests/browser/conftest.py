import os

import pytest
from city import JUNHENG, Source
from people import DESK, Person
from playwright.sync_api import sync_playwright


def pytest_generate_tests(metafunc):
    if "source" in metafunc.fixturenames:
        engines = ["sqlite"] + (["postgres"] if os.environ.get("JUNHENG_TEST_POSTGRES") else [])
        chosen = os.environ.get("BROWSER_ENGINES", "").split() or engines
        metafunc.parametrize("source", chosen, indirect=True, scope="session")


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
                  "--disable-component-update", "--disable-sync"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def source(request):
    assert JUNHENG.exists(), f"{JUNHENG} is not built"
    filled = Source(request.param)
    yield filled
    filled.remove()


@pytest.fixture(scope="module")
def city(source):
    with source.copy() as running:
        yield running


@pytest.fixture
def someone(city, browser):
    """Makes people; when the test is over, their browsers must have stayed clean."""
    made = []

    def make(name, login=True, viewport=DESK, scripts=True, called=None):
        person = Person(city, browser, called or name, viewport, scripts)
        made.append(person)
        return person.sign_in(name) if login else person

    yield make
    wrong = []
    for person in made:
        try:
            person.close()
        except AssertionError as error:
            wrong.append(str(error))
    assert not wrong, "\n".join(wrong)
