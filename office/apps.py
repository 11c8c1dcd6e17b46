from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class OfficeConfig(AppConfig):
    name = "office"

    def ready(self) -> None:
        autodiscover_modules("jobs", "rosters.work")  # each app's background work registers itself
