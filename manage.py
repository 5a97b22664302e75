#!/usr/bin/env python3
import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    from config.embedded import CannotStart

    try:
        execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, CannotStart) as wrong:
        sys.exit(str(wrong))
