"""Remote maintenance views of the fleet console (Django)."""
import asyncio
import re
import shlex
import subprocess

import paramiko
from django.conf import settings
from django.http import HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.views import View
from django.views.decorators.http import require_GET

from fleet.models import Device

SERVICES = frozenset({"mosquitto", "telegraf", "chrony"})
BRANCH = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._/-]{0,80}\Z")


def shell(template, **values):
    line = template.format(**values)
    return subprocess.getstatusoutput(line)  # flaw: command-injection


def quoted_shell(template, **values):
    line = template.format(**{key: shlex.quote(str(value)) for key, value in values.items()})
    return subprocess.getstatusoutput(line)  # fine: command-injection


class RemoteDevice:
    def __init__(self, device):
        self.device = device
        self.client = paramiko.SSHClient()
        self.client.load_system_host_keys()
        self.client.connect(device.address, username="console", key_filename=settings.CONSOLE_KEY_FILE)

    def tail(self, file_name):
        command = "tail -n 100 /var/log/" + file_name
        _, stdout, _ = self.client.exec_command(command)  # flaw: command-injection
        return stdout.read().decode()

    def tail_quoted(self, file_name):
        command = "tail -n 100 -- " + shlex.quote("/var/log/device/" + file_name.replace("/", "_"))
        _, stdout, _ = self.client.exec_command(command)  # fine: command-injection
        return stdout.read().decode()

    def restart(self, service):
        if service not in SERVICES:
            raise ValueError(service)
        self.client.exec_command(f"sudo systemctl restart {service}")  # fine: command-injection


async def run_pipeline(source, filters):
    stages = [f"cat {shlex.quote(source)}"]
    for item in filters:
        stages.append("jq " + item)
    process = await asyncio.create_subprocess_shell(  # flaw: command-injection
        " | ".join(stages),
        stdout=asyncio.subprocess.PIPE,
    )
    out, _ = await process.communicate()
    return out.decode()


async def run_filter(source, expression):
    process = await asyncio.create_subprocess_exec(  # fine: command-injection
        "jq",
        "--arg",
        "name",
        expression,
        ".[$name]",
        source,
        stdout=asyncio.subprocess.PIPE,
    )
    out, _ = await process.communicate()
    return out.decode()


@require_GET
def device_log(request, pk):
    remote = RemoteDevice(get_object_or_404(Device, pk=pk))
    name = request.GET.get("file", "syslog")
    if request.GET.get("scope") == "device":
        return JsonResponse({"text": remote.tail_quoted(name)})
    return JsonResponse({"text": remote.tail(name)})


@require_GET
def device_usage(request, pk):
    device = get_object_or_404(Device, pk=pk)
    folder = request.GET.get("folder", "data")
    code, text = shell("du -sh /exports/{pk}/{folder}", pk=device.pk, folder=folder)
    return JsonResponse({"code": code, "text": text})


@require_GET
def device_files(request, pk):
    pattern = request.GET.get("pattern", "*")
    code, text = quoted_shell("find /exports/public -name {pattern} | sort", pattern=pattern)
    return JsonResponse({"code": code, "text": text})


class DeployView(View):
    def post(self, request):
        branch = request.POST.get("branch", "main")
        result = subprocess.run("cd /srv/fleet && git checkout %s" % branch, shell=True)  # flaw: command-injection
        return JsonResponse({"code": result.returncode})

    def put(self, request):
        branch = request.GET.get("branch", "main")
        if not BRANCH.match(branch):
            return HttpResponseBadRequest("branch")
        result = subprocess.run(f"cd /srv/fleet && git checkout {branch}", shell=True)  # fine: command-injection
        return JsonResponse({"code": result.returncode})


class TelemetryView(View):
    async def get(self, request):
        expressions = request.GET.getlist("filter")
        if len(expressions) == 1:
            text = await run_filter("/srv/telemetry/latest.json", expressions[0])
        else:
            text = await run_pipeline("/srv/telemetry/latest.json", expressions)
        return JsonResponse({"text": text})


class NotifyView(View):
    options = {"shell": True, "timeout": 5}

    def post(self, request):
        message = request.POST["message"].replace('"', "")
        subprocess.check_call(f'wall "{message}"', **self.options)  # flaw: command-injection
        return JsonResponse({"ok": True})
