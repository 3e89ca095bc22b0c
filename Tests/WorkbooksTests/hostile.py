"""Writes a folder of workbooks nobody should be harmed by. Usage: hostile.py FOLDER [SOUND_WORKBOOK]

The first part of a name, up to two underscores, is the code the reader must answer with; "any" stands for any refusal
or, where a change did no harm, for a workbook; "read" for unusual ones that are sound.
"""
import io
import os
import random
import struct
import sys
import zipfile
import zlib

folder = sys.argv[1]
os.makedirs(folder, exist_ok=True)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACK = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}"><sheetData>'
TAIL = "</sheetData></worksheet>"


def noise(alphabet, seed, length=1 << 20):
    """A function that answers pieces of noise; packing finds little to save in them."""
    source = random.Random(seed)
    letters = "".join(source.choices(alphabet, k=length))

    def piece(count):
        start = source.randrange(length - count + 1)
        return letters[start:start + count]

    return piece


def parts(sheet=None, shared=None, styles=None, extra=()):
    """The parts of a small workbook, by name, any of them replaced."""
    kinds = [("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "sharedStrings", "sharedStrings.xml"),
             ("rId3", "styles", "styles.xml")]
    links = "".join(f'<Relationship Id="{i}" Type="{REL}/{k}" Target="{t}"/>' for i, k, t in kinds)
    return {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACK}"><Relationship Id="r" Type="{REL}/officeDocument" '
                       'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>'
                           '<sheet name="s" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACK}">{links}</Relationships>',
        "xl/styles.xml": styles or f'<styleSheet xmlns="{MAIN}"/>',
        "xl/sharedStrings.xml": shared or f'<sst xmlns="{MAIN}"><si><t>a</t></si></sst>',
        "xl/worksheets/sheet1.xml": sheet or HEAD + '<row r="1"><c r="A1"><v>1</v></c></row>' + TAIL,
        **dict(extra),
    }


def pack(contents):
    """The bytes of an honest archive."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return target.getvalue()


def save(name, data):
    with open(os.path.join(folder, name + ".xlsx"), "wb") as file:
        file.write(data)


def sheet(name, *pieces):
    save(name, pack(parts(sheet="".join([HEAD, *pieces, TAIL]))))


def bomb(head, piece, times, tail):
    """A deflated part of `times` megabytes, its check sum and length; the same packed block again and again."""
    block = piece * ((1 << 20) // len(piece))
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    start = packer.compress(head.encode()) + packer.flush(zlib.Z_FULL_FLUSH)
    middle = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    finish = packer.compress(tail.encode()) + packer.flush()
    crc = zlib.crc32(head.encode())
    for _ in range(times):
        crc = zlib.crc32(block, crc)
    crc = zlib.crc32(tail.encode(), crc)
    return start + middle * times + finish, crc, len(head) + len(block) * times + len(tail)


def plant(contents, name, packed, crc, size, claimed=None):
    """An archive whose part `name` is the packed bytes, with the length it claims."""
    body, table = b"", b""
    for part, content in {**contents, name: None}.items():
        data = packed if part == name else content.encode()
        whole, check, method = (claimed or size, crc, 8) if part == name else (len(data), zlib.crc32(data), 0)
        fields = struct.pack("<HHHHHIIIHH", 20, 0, method, 0, 33, check, len(data), whole, len(part), 0)
        place = struct.pack("<HHHII", 0, 0, 0, 0, len(body))
        table += struct.pack("<IH", 0x02014B50, 20) + fields + place + part.encode()
        body += struct.pack("<I", 0x04034B50) + fields + part.encode() + data
    return body + table + end(len(contents), len(table), len(body))


def local(name, data, size=None):
    """A stored entry as it stands in the file, with a length of its own choosing."""
    size = len(data) if size is None else size
    return struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 0, 0, 33, zlib.crc32(data), size, size,
                       len(name), 0) + name + data


def central(name, data, offset, size=None, method=0):
    size = len(data) if size is None else size
    return struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, method, 0, 33, zlib.crc32(data), size, size,
                       len(name), 0, 0, 0, 0, 0, offset) + name


def end(count, size, offset):
    return struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, size, offset, 0)


def bombs():
    one_sheet, texts = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
    spaces, rows = bomb(HEAD, b" ", 1024, TAIL), bomb(HEAD, b"<row/>", 1024, TAIL)
    save("workbook-bomb-ratio__sheet-of-spaces", plant(parts(), one_sheet, *spaces))
    save("workbook-damaged__sheet-of-spaces-that-claims-100-bytes", plant(parts(), one_sheet, *spaces, 100))
    save("workbook-damaged__sheet-of-rows-that-claims-100-bytes", plant(parts(), one_sheet, *rows, 100))
    text = bomb(f'<sst xmlns="{MAIN}"><si><t>', b"A", 1024, "</t></si></sst>")
    save("workbook-bomb-ratio__one-text-of-1-gb", plant(parts(), texts, *text))
    save("workbook-damaged__one-text-of-1-gb-that-claims-100-bytes", plant(parts(), texts, *text, 100))
    half = noise("abcdefghijklmnopqrstuvwxyz0123456789", 1)(50_000) + " " * ((1 << 20) - 50_000)
    save("workbook-content-too-large__text-of-300-mb", plant(
        parts(), one_sheet, *bomb(HEAD, half.encode(), 300, TAIL)))


def entries():
    many = {f"x/{number}": "" for number in range(100_000)}
    save("workbook-too-many-entries__100000", pack({**parts(), **many}))
    heads = b"".join(central(b"%d" % number, b"", 0) for number in range(65_536 + 10))
    body = local(b"a", b"")
    save("workbook-too-many-entries__count-wraps-at-65536",
         body + heads + end(10, len(heads), len(body)))
    data = pack(parts())
    name = b"xl/workbook.xml"
    first = data.index(b"PK\x01\x02")
    twin = data[first:]
    # The second entry points at the bytes of the first.
    offset_a = struct.unpack_from("<I", twin, 42)[0]
    second = twin.index(b"PK\x01\x02", 4)
    forged = bytearray(data)
    struct.pack_into("<I", forged, first + second + 42, offset_a)
    save("workbook-overlapping-entries__same-bytes-twice", bytes(forged))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for part, content in parts().items():
            archive.writestr(part, content)
        import warnings
        warnings.simplefilter("ignore")
        archive.writestr("XL/Workbook.xml", "<other/>")
    save("workbook-damaged__two-parts-of-one-name", target.getvalue())
    # Sizes that lie: the table says one byte, and then four gigabytes.
    for label, size in (("small", 1), ("huge", 0xFFFFFFF0)):
        forged = bytearray(data)
        at = forged.index(b"xl/worksheets/sheet1.xml", forged.index(b"PK\x01\x02"))
        struct.pack_into("<I", forged, at - 46 + 24, size)
        save(("workbook-bomb-ratio" if size > 1 else "workbook-damaged") + f"__lying-size-{label}", bytes(forged))
        forged = bytearray(data)
        struct.pack_into("<I", forged, at - 46 + 20, size)
        save(f"any__lying-packed-size-{label}", bytes(forged))
    wide = struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, 1 << 60, 1 << 60, 1 << 61, 1 << 61)
    locator = struct.pack("<IIQI", 0x07064B50, 0, len(data) - 22, 1)
    save("workbook-damaged__zip64-lies", data[:-22] + wide + locator
         + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0))
    other = pack(parts(sheet=HEAD + '<row r="1"><c r="A1"><v>2</v></c></row>' + TAIL))
    save("any__two-archives-in-one", data + other)
    crypt = bytearray(data)
    for at in range(len(crypt) - 4):
        if crypt[at:at + 4] == b"PK\x01\x02":
            crypt[at + 8] |= 1
    save("workbook-encrypted__zip-password", bytes(crypt))


def xml():
    deep = b"<a>" * 1_000_000
    save("workbook-xml-too-deep__1000000", pack(parts(sheet=HEAD.encode() + deep)))
    doctype = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    save("workbook-doctype__external-entity", pack(parts(sheet=doctype + HEAD + "<row><c><v>&e;</v></c></row>" + TAIL)))
    laughs = "<!DOCTYPE x [<!ENTITY a0 'ha'>" + "".join(
        f"<!ENTITY a{n} '" + f"&a{n - 1};" * 10 + "'>" for n in range(1, 12)) + "]>"
    save("workbook-doctype__billion-laughs", pack(
        parts(shared=laughs + f'<sst xmlns="{MAIN}"><si><t>&a11;</t></si></sst>')))
    save("workbook-doctype__in-the-list-of-sheets", pack(
        parts(extra={"xl/workbook.xml": doctype + "<workbook/>"}.items())))
    save("workbook-damaged__unknown-entity", pack(parts(sheet=HEAD + "<row><c><v>&e;</v></c></row>" + TAIL)))
    word = noise("abcdefghijklmnop", 2)
    long = "".join(word(1 << 19) for _ in range(18))
    sheet("workbook-too-much-text__attribute-of-9-mb", f'<row a="{long}">', "</row>")
    sheet("workbook-too-much-text__comment-of-9-mb", f"<!--{long}-->")
    names = " ".join(f'{word(9)}{n}=""' for n in range(70_000))
    sheet("any__70000-attributes", f"<row {names}>", "</row>")
    sheet("workbook-damaged__one-million-element-names", "".join(
        f"<{word(9)}{n}/>" for n in range(1_000_000)))
    sheet("workbook-damaged__one-million-attribute-names", "".join(
        f"<b {word(9)}{n}=''/>" for n in range(1_000_000)))
    sheet("workbook-too-many-elements__6000000", "".join(
        f"<x>{n % 977}</x>" for n in range(6_000_000)))
    save("workbook-damaged__wrong-root", pack(parts(sheet="<html/>")))
    save("workbook-damaged__unknown-encoding", pack(
        parts(sheet='<?xml version="1.0" encoding="x-evil"?>' + HEAD + TAIL)))


def cells():
    for number, address in enumerate(["XFD1048577", "XFE1", "A0", "A" + "9" * 20, "1A", "", "A1B", "Z" * 10 + "9"]):
        sheet(f"workbook-bad-cell__address-{number}", f'<row r="1"><c r="{address}"><v>1</v></c></row>')
    sheet("workbook-bad-cell__row-number", '<row r="1048577"><c><v>1</v></c></row>')
    sheet("workbook-bad-cell__twice", '<row><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>')
    sheet("workbook-bad-cell__twice-out-of-order",
          '<row><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c><c r="B1"><v>2</v></c></row>')
    for number, value in enumerate(["1e999999999", "NaN", "0x1p3", "1,5", "--1", "9" * 4000, "1e", "."]):
        sheet(f"workbook-bad-cell__number-{number}", f'<row><c r="A1"><v>{value}</v></c></row>')
    sheet("workbook-bad-cell__shared-text", '<row><c r="A1" t="s"><v>5000000000</v></c></row>')
    sheet("workbook-bad-cell__type", '<row><c r="A1" t="zzz"><v>1</v></c></row>')
    sheet("workbook-too-many-cells__1000001", "".join(
        f'<row r="{row}">' + "".join(f"<c><v>{row * 7 % 1013}</v></c>" for _ in range(100)) + "</row>"
        for row in range(1, 10_002)))
    word = noise("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳", 3)
    sheet("workbook-too-much-text__million-texts", "".join(
        f'<row><c t="inlineStr"><is><t>{word(30)}</t></is></c></row>' for _ in range(700_000)))
    sheet("workbook-text-too-long__one-cell", '<row><c t="inlineStr"><is><t>' + word(200_000) + "</t></is></c></row>")
    counted = f'<sst xmlns="{MAIN}" count="99999999999" uniqueCount="4294967295"><si><t>a</t></si></sst>'
    save("read__absurd-count", pack(parts(shared=counted)))
    sheet("read__rows-out-of-order", '<row r="9"><c r="A9"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>')


def kinds():
    ole = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(504)
    entry = lambda name: name.encode("utf-16-le").ljust(128, b"\0")
    save("workbook-encrypted__compound-file", ole + entry("Root Entry") + entry("EncryptedPackage") + bytes(4096))
    save("workbook-old-format__xls", ole + entry("Root Entry") + entry("Workbook") + bytes(4096))
    save("workbook-macros__project", pack(parts(extra={"xl/vbaProject.bin": b"x"}.items())))
    save("workbook-macros__sheet-of-macros", pack(parts(extra={"xl/macrosheets/sheet1.xml": b"x"}.items())))
    save("workbook-other-kind__docx", pack({"[Content_Types].xml": "", "_rels/.rels": "", "word/document.xml": ""}))
    save("workbook-other-kind__zip", pack({"a.txt": "a"}))
    save("workbook-not-a-zip__text", "校名,得分\n一中,90\n".encode())
    save("workbook-not-a-zip__empty", b"")
    save("workbook-not-a-zip__web-page", b"<html><table></table></html>")
    missing = parts()
    del missing["xl/worksheets/sheet1.xml"]
    save("workbook-missing-part__sheet", pack(missing))
    save("workbook-damaged__one-sheet-part-listed-twice", pack(parts(extra={"xl/workbook.xml":
         f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets><sheet name="a" r:id="rId1"/>'
         '<sheet name="b" r:id="rId1"/></sheets></workbook>'}.items())))
    save("workbook-file-too-large__51-mb", b"PK\x03\x04" + bytes(51 << 20))


def sound_but_unusual():
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>均衡</t></is></c></row>'
    whole = HEAD + rows + TAIL
    save("read__utf-16", pack(parts(sheet=whole.replace("UTF-8", "UTF-16").encode("utf-16"))))
    save("read__byte-order-mark", pack(parts(sheet=whole.encode("utf-8-sig"))))
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    save("read__strict-namespace", pack(parts(sheet=whole.replace(MAIN, strict))))
    save("read__prefixed", pack(parts(sheet=f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1">'
                                            '<x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>')))
    save("read__backslashes-and-capitals", pack({name.replace("xl/worksheets/sheet1", "XL\\Worksheets\\Sheet1"): content
                                                 for name, content in parts().items()}))
    save("read__bytes-after-the-end", pack(parts()) + bytes(100))

    class Pipe(io.RawIOBase):
        """A file that can't go back, so that lengths follow the parts."""
        def __init__(self):
            self.bytes = bytearray()

        def writable(self):
            return True

        def write(self, data):
            self.bytes += data
            return len(data)

    for label, wide in (("lengths-after-the-parts", False), ("64-bit-lengths", True)):
        pipe = Pipe()
        with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts().items():
                with archive.open(name, "w", force_zip64=wide) as part:
                    part.write(content.encode())
        save(f"read__{label}", bytes(pipe.bytes))
    data = pack(parts())
    count, size, offset = struct.unpack_from("<HII", data, len(data) - 12)
    wide = struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, count, count, size, offset)
    locator = struct.pack("<IIQI", 0x07064B50, 0, len(data) - 22, 1)
    save("read__64-bit-end-record", data[:-22] + wide + locator + data[-22:])


def damage():
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c><c r="B{n}"><v>{n}</v></c></row>' for n in range(1, 60))
    sound = open(sys.argv[2], "rb").read() if len(sys.argv) > 2 else pack(parts(sheet=HEAD + rows + TAIL))
    for cut in sorted({*range(1, len(sound), max(1, len(sound) // 200)), *range(len(sound) - 30, len(sound))}):
        code = "workbook-not-a-zip" if cut < 4 else "workbook-damaged"
        save(f"{code}__cut-at-{cut}", sound[:cut])
    flips = random.Random(7)
    for number in range(300):
        changed = bytearray(sound)
        for _ in range(flips.choice([1, 1, 1, 4, 16])):
            changed[flips.randrange(len(changed))] ^= 1 << flips.randrange(8)
        save(f"any__bits-{number}", bytes(changed))
    # The same inside the parts, with check sums that fit, so that it is the XML that is wrong.
    with zipfile.ZipFile(io.BytesIO(sound)) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    read = [name for name in contents if "sheet" in name or "hared" in name or "workbook" in name or "styles" in name]
    for number in range(300):
        name = flips.choice(read)
        changed = bytearray(contents[name])
        for _ in range(flips.choice([1, 2, 8])):
            at = flips.randrange(len(changed))
            kind = flips.randrange(3)
            if kind == 0:
                changed[at] = flips.choice(b"<>/\"'=&; 0129-ersvt")
            elif kind == 1:
                del changed[at:at + flips.randrange(1, 40)]
            else:
                changed[at:at] = changed[at:at + flips.randrange(1, 200)]
        save(f"any__xml-{number}", pack({**contents, name: bytes(changed)}))


for make in (bombs, entries, xml, cells, kinds, sound_but_unusual, damage):
    make()
