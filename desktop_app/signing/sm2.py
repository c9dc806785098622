"""The place for SM2/SM3 signatures, and what was tried before it was left empty.

Tried with cryptography 50 and OpenSSL 3.0: the library has the SM3 digest and refuses the SM2 curve
(UnsupportedAlgorithm, 1.2.156.10197.1.301); `openssl cms -sign` with an SM2 key fails ("illegal zero content");
`openssl pkeyutl -sign -rawin -digest sm3 -pkeyopt distid:1234567812345678` does sign. With that as the raw signer, a
subclass of pyHanko's Signer put a CMS signature under 1.2.156.10197.1.501 into a PDF, and digest and signature held
when computed by hand. No reader here verifies it: pyHanko says unsupported, pdfsig "unknown validation failure". What
nobody can check protects nobody, so keys of this kind are refused in words where they come in (p12, token), and
nothing is claimed.
"""

from desktop_app.errors import ClerkError
from desktop_app.language import _


class Sm2Signer:
    """Where a signer goes once a reader verifies what it makes: same place in `sign` as a key on a token."""

    def __init__(self) -> None:
        raise ClerkError(
            _("不支持这种密钥。"), _("本软件能用 RSA（2048 位以上）和 EC P-256/384/521；国密 SM2 目前不能用。")
        )
