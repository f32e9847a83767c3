import * as pulumi from "@pulumi/pulumi";
import { type Hosted, type HostedContainer, type HostedProgram } from "../host/host";
import { CARBON_PORTS } from "./carbon";
import { GRAPHITE_IMAGE, GRAPHITE_PYTHON, METRICS_USER } from "./images";

/** Port on which graphite-web answers. */
export const WEB_PORT = 8080;

const WORKERS = 2;
const THREADS = 4;
/** Name of the settings module. */
const SETTINGS = "strata_settings";

interface WebFolders {
  /** Where the settings module is. */
  readonly configuration: string;
  /** Where it may write. */
  readonly scratch: string;
}

/** Settings that both kinds of graphite-web have. Nobody signs in: what may ask is decided by who can connect. */
function common({ scratch }: WebFolders): string {
  return `import secrets
SECRET_KEY = secrets.token_hex(32)
# Health checks call by address, Grafana by name; the connection is what is restricted.
ALLOWED_HOSTS = ["*"]
TIME_ZONE = "UTC"
DEBUG = False
LOG_DIR = "${scratch}"
LOG_ROTATION = False
LOG_FILE_INFO = "-"
LOG_FILE_EXCEPTION = "-"
LOG_FILE_CACHE = "-"
LOG_FILE_RENDERING = "-"
LOG_INFO_PERFORMANCE = False
INDEX_FILE = "${scratch}/index"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "${scratch}/graphite.db"}}
TAGDB = ""
# The newest points are asked for again and again: an answer from a cache would be without them.
MEMCACHE_HOSTS = []
FIND_CACHE_DURATION = 0
FIND_TOLERANCE = 0
`;
}

/** The graphite-web beside a shard's carbon: it reads the shard's files, and asks carbon for what is not in them yet. */
export function shardWeb(folders: WebFolders, storage: string): Web {
  const settings = `${common(folders)}STORAGE_DIR = "${storage}"
WHISPER_DIR = "${storage}/whisper"
STANDARD_DIRS = [WHISPER_DIR]
STORAGE_FINDERS = ("graphite.finders.standard.StandardFinder",)
CARBONLINK_HOSTS = ["127.0.0.1:${CARBON_PORTS.query}"]
CLUSTER_SERVERS = []
`;
  return web(folders, settings, { cpu: 250, memoryMib: 512 });
}

/**
 * The graphite-web in front: it has no files and asks every shard. A shard that is away costs the time of one question, then it is left out for
 * a few seconds; the series of the others are answered meanwhile.
 */
export function frontProgram(replicas: number, shards: Hosted): HostedProgram {
  const folders = { configuration: "/etc/graphite", scratch: "/run/graphite" };
  const servers = pulumi.all([...shards.copies]).apply((hosts) => hosts.map((host) => `"${host}:${WEB_PORT}"`).join(", "));
  const settings = pulumi.interpolate`${common(folders)}STORAGE_DIR = "${folders.scratch}"
STANDARD_DIRS = []
STORAGE_FINDERS = ("graphite.finders.remote.RemoteFinder",)
CARBONLINK_HOSTS = []
CLUSTER_SERVERS = [${servers}]
FIND_TIMEOUT = 5.0
FETCH_TIMEOUT = 20.0
MAX_FETCH_RETRIES = 1
REMOTE_RETRY_DELAY = 10.0
STORE_FAIL_ON_ERROR = False
`;
  const { container, files } = web(folders, settings, { cpu: 250, memoryMib: 512 });
  return {
    name: "graphite-web",
    containers: [container],
    replicas,
    user: METRICS_USER,
    files,
    calls: [{ to: shards, port: WEB_PORT }],
    published: [WEB_PORT],
  };
}

/** A graphite-web: its container, and the file it reads. */
interface Web {
  readonly container: HostedContainer;
  readonly files: HostedProgram["files"];
}

function web(folders: WebFolders, settings: pulumi.Input<string>, size: Pick<HostedContainer, "cpu" | "memoryMib">): Web {
  const { configuration, scratch } = folders;
  return {
    container: {
      name: "web",
      image: GRAPHITE_IMAGE,
      command: webCommand(scratch),
      environment: {
        PYTHONPATH: `${configuration}:/opt/graphite/webapp`,
        PYTHONDONTWRITEBYTECODE: "1",
        GRAPHITE_SETTINGS_MODULE: SETTINGS,
        DJANGO_SETTINGS_MODULE: "graphite.settings",
        HOME: scratch,
      },
      ports: [{ name: "http", port: WEB_PORT, protocol: "tcp" }],
      ...size,
      health: { kind: "http", path: "/version/", port: WEB_PORT },
      scratch: [scratch],
    },
    files: { [`${configuration}/${SETTINGS}.py`]: settings },
  };
}

/** Its tables, of which only that of events is ever asked for, are made anew at each start. */
function webCommand(scratch: string): readonly string[] {
  const serve = [
    ...[GRAPHITE_PYTHON, "-m", "gunicorn", "graphite.wsgi:application", "--preload", "--worker-class=gthread"],
    ...[`--workers=${WORKERS}`, `--threads=${THREADS}`, `--bind=0.0.0.0:${WEB_PORT}`, `--worker-tmp-dir=${scratch}`, "--timeout=60"],
  ];
  return ["/bin/sh", "-c", `${GRAPHITE_PYTHON} -m django migrate --run-syncdb --verbosity=0 && exec ${serve.join(" ")}`];
}
