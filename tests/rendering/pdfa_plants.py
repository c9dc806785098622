"""Ways to spoil an archive file, each named after the rule of the lint that it breaks."""

import pikepdf


def _xmp(old: bytes, new: bytes):
    def change(document):
        document.Root.Metadata.write(document.Root.Metadata.read_bytes().replace(old, new))

    return change


def content(text: bytes):
    def change(document):
        page = document.pages[0].obj
        page.Contents = document.make_stream(page.Contents.read_bytes() + b"\n" + text)

    return change


def _put(path: str, value):
    """Set a value under a path such as Root/AcroForm, from the document or its first page."""

    def change(document):
        *steps, last = path.split("/")
        place = {"Root": document.Root, "Page": document.pages[0].obj}[steps[0]]
        for step in steps[1:]:
            if "/" + step not in place:
                place["/" + step] = pikepdf.Dictionary()
            place = place["/" + step]
        place["/" + last] = value(document) if callable(value) else value

    return change


def _drop(find, key):
    def change(document):
        del find(document)["/" + key]

    return change


def _file(document):
    return document.Root.AF[0]


def _note(**keys):
    def change(document):
        one = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, Rect=[0, 0, 9, 9], F=4,
            AP=pikepdf.Dictionary(N=document.make_stream(b"", Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9])),
        )  # fmt: skip
        for name, value in keys.items():
            if value is None:
                del one["/" + name]
            else:
                one["/" + name] = value
        widget = document.make_indirect(one)
        document.pages[0].obj.Annots = pikepdf.Array([widget])
        document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([widget]))

    return change


def _image(**keys):
    def change(document):
        image = document.make_stream(b"\0\0\0", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, **keys)
        _put("Page/Resources/XObject/Im0", image)(document)

    return change


def _font(key, value):
    def change(document):
        next(f for f in document.objects if isinstance(f, pikepdf.Dictionary) and f.get("/Type") == "/Font")[key] = (
            value
        )

    return change


def _inherited_resources(document):
    page = document.pages[0].obj
    page.Parent.Resources = page.Resources
    del page.Resources


D, N = pikepdf.Dictionary, pikepdf.Name
PLANTS = {
    "6.1.2-1": _put("Root/Version", N("/2.0")),
    "6.1.7-3": lambda d: d.Root.Metadata.__setitem__("/F", pikepdf.String("x")),
    "6.1.6-1": content(b"BT <012> Tj ET"),
    "6.1.6-2": content(b"BT <01zz> Tj ET"),
    "6.1.13-2": content(b"9" + b"0" * 39 + b".5 0 m"),
    "6.1.13-10": lambda d: d.Root.__setitem__(
        "/PieceInfo", d.make_indirect(D(Subtype=N.CIDFontType2, W=pikepdf.Array([65535, pikepdf.Array([1, 2])])))
    ),
    "6.4.3-1": _put("Root/PieceInfo", lambda d: d.make_indirect(D(Type=N.Sig, ByteRange=[0, 1, 5, 9]))),
    "6.4.3-2": _put("Root/PieceInfo", D(Type=N.Sig, ByteRange=[0, 1, 5, 9], Contents=pikepdf.String("x"))),
    "6.1.13-1": _put("Root/PieceInfo", D(X=2**31)),
    "6.1.13-3": _put("Root/PieceInfo", D(X=pikepdf.String("x" * 40000))),
    "6.1.13-4": _put("Root/PieceInfo", D(X=N("/" + "x" * 128))),
    "6.1.13-8": content(b"q " * 29 + b"Q " * 29),
    "6.1.13-11": lambda d: d.pages[0].obj.__setitem__("/MediaBox", [0, 0, 14401, 100]),
    "6.2.2-1": content(b"xx"),
    "6.2.2-2": _inherited_resources,
    "6.2.3-1": lambda d: d.Root.OutputIntents[0].__setitem__("/DestOutputProfile", d.make_stream(bytes(128), N=3)),
    "6.2.3-2": lambda d: d.Root.__delitem__("/OutputIntents"),
    "6.2.4.3-2": lambda d: d.Root.__delitem__("/OutputIntents"),
    "6.2.4.3-3": content(b"0 0 0 1 k"),
    "6.2.5-1": _put("Page/Resources/ExtGState/G", D(TR=N.Identity)),
    "6.2.5-2": _put("Page/Resources/ExtGState/G", D(TR2=N.Identity)),
    "6.2.5-3": _put("Page/Resources/ExtGState/G", D(HTP=1)),
    "6.2.6-1": content(b"/Guess ri"),
    "6.2.8-1": _image(Alternates=pikepdf.Array([])),
    "6.2.8-2": _image(OPI=D()),
    "6.2.8-3": _image(Interpolate=True),
    "6.2.10-1": _put("Page/Resources/ExtGState/G", D(BM=N.Sparkle)),
    "6.2.11.2-2": _font("/Subtype", N.Type1),
    "6.2.11.2-6": _font("/LastChar", 999),
    "6.2.11.4.1-1": lambda d: _font("/FontDescriptor", D())(d),
    "6.3.1-1": _note(Subtype=N.Movie),
    "6.3.2-1": _note(F=None),
    "6.3.2-2": _note(F=2),
    "6.3.3-1": _note(AP=None),
    "6.3.3-2": _note(AP=D(N=D())),
    "6.4.1-1": _note(AA=D()),
    "6.4.1-3": _put("Root/AcroForm/NeedAppearances", True),
    "6.4.2-1": _put("Root/AcroForm/XFA", pikepdf.String("x")),
    "6.4.2-2": _put("Root/NeedsRendering", True),
    "6.5.1-1": _put("Root/OpenAction", D(Type=N.Action, S=N.JavaScript, JS=pikepdf.String("app.alert(1)"))),
    "6.5.2-1": _put("Root/AA", D()),
    "6.5.2-2": _put("Page/AA", D()),
    "6.6.2.1-1": lambda d: d.Root.__delitem__("/Metadata"),
    "6.6.2.1-2": _xmp(b'" id=', b'" bytes="9" id='),
    "6.6.2.1-3": _xmp(b'" id=', b'" encoding="UTF-8" id='),
    "6.6.2.1-4": _xmp(b"</pdfaid:part>", b""),
    "6.6.2.3-7": _xmp(b"</pdf:Keywords>", b'</pdf:Keywords><x:y xmlns:x="urn:x"/>'),
    "6.6.4-1": _xmp(b"<pdfaid:part>3</pdfaid:part>", b""),
    "6.6.4-2": _xmp(b">3<", b">2<"),
    "6.6.4-3": _xmp(b">B<", b">Z<"),
    "6.6.4-4": _xmp(b"pdfaid", b"other"),
    "6.8-1": _drop(lambda d: _file(d).EF.F, "Subtype"),
    "6.8-2": _drop(_file, "UF"),
    "6.8-3": _drop(_file, "AFRelationship"),
    "6.8 associated": lambda d: d.Root.__setitem__("/AF", pikepdf.Array()),
    "6.9 absent": _put("Root/OCProperties", D()),
    "6.10-1": _put("Root/Names/AlternatePresentations", D()),
    "6.10-2": _put("Page/PresSteps", D()),
    "6.11-1": _put("Root/Requirements", pikepdf.Array()),
}
