from office.tests.conftest import own_media_root
from organisations.tests.conftest import signed_in

assert own_media_root
assert signed_in
