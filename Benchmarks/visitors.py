"""Who looks at what while pages are measured: sessions of every role, and the addresses each of them opens."""

import base64
import hashlib
import random
import secrets
import time
import urllib.parse


class Visitor:
    """Somebody signed in, in one post."""

    def __init__(self, database, account, appointment):
        self.account = account
        self.token = base64.urlsafe_b64encode(secrets.token_bytes(32)).rstrip(b"=").decode()
        digest = hashlib.sha256(base64.urlsafe_b64decode(self.token + "=")).hexdigest()
        kept = f"'\\x{digest}'" if database.engine == "postgres" else f"X'{digest}'"
        now = int(time.time() * 1000)
        database.change(
            "INSERT INTO session (token, account, appointment, created_at, seen_at, ends_at) "
            f"VALUES ({kept}, {account}, {appointment}, {now}, {now}, {now + 8 * 3_600_000})")

    @property
    def cookie(self):
        return f"__Host-junheng={self.token}"

    @property
    def csrf(self):
        return base64.b64encode(hashlib.sha256(("csrf:" + self.token).encode()).digest()).decode()


class Visits:
    """A filled database's visitors and the pages they look at: name, path, visitor."""

    def __init__(self, database, seed=1):
        self.database = database
        self.chance = random.Random(seed)
        self.pages = []
        cycles = database.query(
            "SELECT c.authority, c.id, c.confirmed_at FROM cycle c ORDER BY c.year DESC")
        self.authority, self.cycle, _ = cycles[0]
        self.past = [cycle for _, cycle, confirmed in cycles if confirmed]
        self.items = [row[0] for row in database.query("SELECT DISTINCT item FROM line ORDER BY item")]
        self.office = self.role("office", 1, f"p.authority = {self.authority}")[0][0]
        self.everybody()

    def role(self, role, most, where="1 = 1"):
        """Some who hold a role, each with the school or authority of the post."""
        rows = self.database.query(
            "SELECT p.account, p.id, coalesce(p.school, p.authority) FROM appointment p "
            f"WHERE p.role = '{role}' AND {where} ORDER BY p.id")
        chosen = self.chance.sample(rows, min(most, len(rows)))
        return [(Visitor(self.database, account, post), seat, post) for account, post, seat in chosen]

    def add(self, name, path, visitor, **query):
        if query:
            path += "?" + urllib.parse.urlencode(query)
        self.pages.append((name, path, visitor))

    def everybody(self):
        here = f"/cycles/{self.authority}/{self.cycle}"
        for visitor, district, _ in self.role("office", 8, f"p.authority <> {self.authority}"):
            self.add("dashboard", "/", visitor)
            self.add("groups", f"{here}/groups", visitor)
            self.sheets(visitor, f"s.school = 0 AND t.kind = 'evaluation' AND p.district = {district}", 3)
        for visitor, school, _ in self.role("lead", 24):
            self.add("school start", "/", visitor)
            self.sheets(
                visitor, f"m.school = {school} AND m.role = 'lead' AND t.kind = 'self'", 2)
        for visitor, school, _ in self.role("member", 8):
            self.add("school start", "/", visitor)
        assigned = f"EXISTS (SELECT 1 FROM assignment x WHERE x.appointment = p.id AND x.cycle = {self.cycle})"
        for visitor, _, post in self.role("expert", 8, assigned):
            self.add("expert start", "/", visitor)
            self.sheets(
                visitor, "EXISTS (SELECT 1 FROM assignment x WHERE x.authority = s.authority AND x.cycle = s.cycle "
                f"AND x.stage = s.stage AND x.grp = s.grp AND x.appointment = {post})", 2)
        self.city(self.office, here)
        for visitor, _, _ in self.role("supervisor", 1):
            self.add("dashboard", "/", visitor)
            self.add("audit", "/audit", visitor)
        for visitor, _, _ in self.role("system", 1):
            self.add("accounts", "/accounts", visitor)
            self.add("accounts", "/accounts", visitor, q="lead1", page=1)
        for visitor, _, _ in self.role("security", 1):
            self.add("posts", "/posts", visitor)

    def city(self, office, here):
        """What the authority that runs the cycle looks at."""
        districts = [row[0] for row in self.database.query(
            f"SELECT DISTINCT district FROM participant WHERE cycle = {self.cycle} ORDER BY district")]
        groups = [row[0] for row in self.database.query(
            f"SELECT grp FROM participant WHERE cycle = {self.cycle} ORDER BY position")]
        for _ in range(3):
            self.add("dashboard", "/", office)
        for district in self.chance.sample(districts, min(4, len(districts))):
            self.add("dashboard", "/", office, area=district)
            self.add("groups", f"{here}/groups", office, area=district, state="open")
        for query in [{}, {"page": 2}, {"sort": "total"}, {"state": "late"}, {"q": "实验"}, {"item": self.items[0]}]:
            self.add("groups", f"{here}/groups", office, **query)
        self.sheets(office, "s.school = 0", 8)
        for group in self.chance.sample(groups, min(4, len(groups))):
            self.add("group", f"{here}/groups/{group}", office)
            self.add("evidence", f"/evidence/{self.authority}/{self.cycle}/{group}", office)
        for path in [here, "/cycles", "/results", f"{here}/vetoes"]:
            self.add("cycle", path, office)
        for cycle in self.past[:2]:
            self.add("dashboard", "/", office, cycle=f"{self.authority}-{cycle}")
            self.add("results", f"/cycles/{self.authority}/{cycle}/results", office)
            self.add("public results", f"/public/{self.authority}/{cycle}", None)
        for words in ["实验", "小学"]:
            self.add("search", "/search", office, q=words)

    def sheets(self, visitor, where, most):
        rows = self.database.query(
            "SELECT DISTINCT s.id FROM sheet s JOIN stage t ON t.cycle = s.cycle AND t.stage = s.stage "
            "JOIN participant p ON p.cycle = s.cycle AND p.grp = s.grp "
            "JOIN participant_school m ON m.cycle = s.cycle AND m.grp = s.grp "
            f"WHERE s.cycle = {self.cycle} AND {where} ORDER BY s.id")
        for number, (sheet,) in enumerate(self.chance.sample(rows, min(most, len(rows)))):
            query = {"item": self.chance.choice(self.items)} if number % 2 else {}
            self.add("sheet", f"/sheets/{self.authority}/{sheet}", visitor, **query)
