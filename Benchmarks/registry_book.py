"""A country's registry as a workbook: so many schools, a quarter as many groups of four schools and fewer.

    python3 Benchmarks/registry_book.py country.xlsx --schools 200000 --groups 50000

Needs XlsxWriter; `registry.py` imports it.
"""

import argparse

import xlsxwriter

PROVINCES = [11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65]
COLUMNS = {
    "authorities": ["code", "name", "level", "parent", "zone", "ended", "successor"],
    "schools": ["code", "name", "authority", "stages", "ownership", "location", "credit", "division", "pupils", "opened", "closed", "ending"],
    "groups": ["code", "name", "authority", "form", "governance", "structure", "formed", "dissolved"],
    "memberships": ["group", "school", "role", "since", "last"],
}


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("file")
    arguments.add_argument("--schools", type=int, default=200_000)
    arguments.add_argument("--groups", type=int, default=50_000)
    given = arguments.parse_args()
    book = xlsxwriter.Workbook(given.file, {"constant_memory": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})

    def sheet(table, rows):
        page = book.add_worksheet(table)
        page.write_row(0, 0, COLUMNS[table])
        page.write_row(1, 0, [f"{table}.{column}" for column in COLUMNS[table]])
        for number, row in enumerate(rows, 2):
            for column, value in enumerate(row):
                if value is None:
                    continue
                if isinstance(value, float):
                    page.write_number(number, column, value, day)
                elif isinstance(value, int):
                    page.write_number(number, column, value)
                else:
                    page.write_string(number, column, value)

    districts = []
    authorities = []
    for province in PROVINCES:
        top = f"{province}0000"
        city_level = province in (11, 12, 31, 50)
        authorities.append((top, f"省级{province}", "市级" if city_level else "省级", None))
        for city in range(1, 13):
            code = f"{province}{city:02}00"
            if not city_level:
                authorities.append((code, f"市{code}教育局", "市级", top))
            for district in range(1, 9):
                own = f"{province}{city:02}{district:02}"
                authorities.append((own, f"县区{own}教育局", "区县级", top if city_level else code))
                districts.append(own)
    sheet("authorities", authorities)
    codes = []
    schools = []
    for number in range(given.schools):
        district = districts[number * len(districts) // given.schools]
        kind = 31 if number % 4 == 3 else 21
        code = f"{kind}{district[:2]}{number % 1_000_000:06}"
        codes.append((code, district))
        schools.append((code, f"{district}第{number}{'中学' if kind == 31 else '小学'}", district, "初中" if kind == 31 else "小学、初中" if number % 10 == 0 else "小学", "公办", ["城区", "镇区", "乡村"][number % 3], None, district, 300 + number % 1500, 36526.0))
    sheet("schools", schools)
    size = given.schools * 8 // 10 // given.groups
    sheet("groups", ((f"G{number:06}", f"第{number}教育集团", codes[number * size][1], "一体型", "多法人组合", "同学段", 44805.0 + number % 1000) for number in range(given.groups)))
    sheet("memberships", ((f"G{number:06}", codes[number * size + place][0], "核心校" if place == 0 else "成员校", 44805.0 + number % 1000) for number in range(given.groups) for place in range(size)))
    book.close()



if __name__ == "__main__":
    main()
