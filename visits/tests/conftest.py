from organisations.tests.conftest import signed_in

assert signed_in
