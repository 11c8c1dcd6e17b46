from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class OrganisationsConfig(AppConfig):
    name = "organisations"

    def ready(self) -> None:
        autodiscover_modules("readers")  # each app says who can read its records
