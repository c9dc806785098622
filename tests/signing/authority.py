"""An authority that certifies keys, for tests of what comes back from one."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes

from desktop_app.signing import certificates


@dataclass
class Authority:
    """The bureau's own CA, as its people would run it."""

    key: certificates.PrivateKey
    certificate: x509.Certificate

    def answer(self, request: bytes, at: datetime, *, ca=False, days=365, organisation=None, usage=None):
        asked = x509.load_pem_x509_csr(request)
        name = asked.subject
        if organisation:
            parts = [
                x509.NameAttribute(part.oid, organisation if part.oid == x509.NameOID.ORGANIZATION_NAME else part.value)
                for part in name
            ]
            name = x509.Name(parts)
        builder = x509.CertificateBuilder().subject_name(name).issuer_name(self.certificate.subject)
        builder = builder.public_key(asked.public_key()).serial_number(x509.random_serial_number())
        builder = builder.not_valid_before(at - timedelta(days=400)).not_valid_after(at + timedelta(days=days))
        path = 0 if ca else None
        builder = builder.add_extension(x509.BasicConstraints(ca=ca, path_length=path), critical=True)
        fit = usage or certificates.usage(key_cert_sign=ca, crl_sign=ca, digital_signature=not ca)
        builder = builder.add_extension(fit, critical=True)
        known_as = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        return builder.add_extension(known_as, critical=False).sign(self.key, hashes.SHA256())
