// Installs what the project needs to run and to be tested, on a fresh clone and without questions. Node's own modules only:
// it runs before anything is installed. Does nothing, quickly, when everything is there.
//
//   node test/install.mjs            the packages of package-lock.json
//   node test/install.mjs --server   also a VS Code server in .vscode-test (OLDEST=1: the oldest Code we support)
//   node test/install.mjs --vscode   also Chromium, which drives it in tests
//   node test/install.mjs --print    with one of these: where they are, as JSON on standard output
//
// The VS Code server is the one inside code-server: npm is the only public registry that has a VS Code with a Node extension host.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const windows = process.platform === 'win32';

/**
 * `node` is of the major version that code-server was built for. `ripgrep`, which finds files for VS Code, is in the later
 * packages of code-server; the earlier ones download it from elsewhere.
 */
const bed = process.env.OLDEST
  ? { code: '1.100.3', codeServer: '4.100.3', node: '20.20.2', ripgrep: '1.18.0' }
  : { code: '1.139.1', codeServer: '4.139.1', node: '24.21.0' };
const bedFolder = path.join(root, '.vscode-test', `code-${bed.code}`);

/** What could not be installed, and what the person in front of it can do. */
class InstallError extends Error {}

const children = new Set();
const partialFolders = new Set();

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => {
    for (const child of children) child.kill();
    for (const folder of partialFolders) rmSync(folder, { recursive: true, force: true });
    process.exit(130);
  });
}

try {
  const wanted = new Set(process.argv.slice(2));
  await installPackages();
  const paths = {
    ...(wanted.has('--vscode') && { chromium: await installChromium() }),
    ...((wanted.has('--vscode') || wanted.has('--server')) && (await installServer())),
  };
  if (wanted.has('--print')) process.stdout.write(`${JSON.stringify(paths)}\n`);
} catch (error) {
  if (!(error instanceof InstallError)) throw error;
  say(error.message);
  process.exitCode = 1;
}

async function installPackages() {
  if (packagesAreInstalled()) return;
  say('Installing packages (npm ci)');
  await npm(['ci', '--include=dev', '--no-audit', '--no-fund'], { cwd: root });
}

/** Compares with the lock file that npm leaves in node_modules when it has finished; optional packages may be missing there. */
function packagesAreInstalled() {
  const installedFile = path.join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  const installed = packagesOf(installedFile);
  return Object.entries(packagesOf(path.join(root, 'package-lock.json'))).every(
    ([place, locked]) => place === '' || (installed[place] ? installed[place].version === locked.version : locked.optional === true),
  );
}

/** The path of a Chromium: the one that is named or installed, else a new one. */
async function installChromium() {
  if (process.env.CHROMIUM_PATH) {
    if (existsSync(process.env.CHROMIUM_PATH)) return process.env.CHROMIUM_PATH;
    throw new InstallError(`CHROMIUM_PATH names ${process.env.CHROMIUM_PATH}, which is not there.`);
  }
  const found = findChromium();
  if (found) return found;

  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    say('Installing Chromium (apt-get)');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    try {
      await run('apt-get', ['update', '-q'], { env });
      await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], { env });
    } catch (error) {
      say(error.message);
    }
    const installed = findChromium();
    if (installed) return installed;
  }

  const playwright = (await import('playwright-core')).chromium;
  if (existsSync(playwright.executablePath())) return playwright.executablePath();
  say('Installing Chromium (playwright-core)');
  try {
    await run(process.execPath, [path.join(root, 'node_modules/playwright-core/cli.js'), 'install', 'chromium'], { cwd: root });
    return playwright.executablePath();
  } catch (error) {
    throw new InstallError(`No Chromium could be found or installed. Install one and name it in CHROMIUM_PATH.\n${error.message}`);
  }
}

function findChromium() {
  const onPath = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].flatMap((name) =>
    (process.env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, name)),
  );
  const usual = [
    '/usr/bin/chromium',
    ...onPath,
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ];
  return usual.find((file) => existsSync(file));
}

/** The VS Code server and the node it runs on. Built in a folder of its own that is renamed when it is whole. */
async function installServer() {
  const nodePackage = `node-${process.platform}-${process.arch}`;
  const stampFile = path.join(bedFolder, 'installed.json');
  const stamp = JSON.stringify({ ...bed, nodePackage });
  const ownNode = process.platform === 'linux';
  const paths = {
    node: ownNode ? path.join(bedFolder, 'node_modules', nodePackage, 'bin/node') : process.execPath,
    server: path.join(bedFolder, 'node_modules/code-server/lib/vscode/out/server-main.js'),
  };
  const installed = () => existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp;
  if (installed()) return paths;

  if (windows) throw new InstallError('The VS Code server runs on Linux and macOS. Here, use WSL, or `npm run test:electron`.');
  const major = bed.node.split('.')[0];
  if (!ownNode && process.versions.node.split('.')[0] !== major) {
    throw new InstallError(`VS Code ${bed.code} needs Node ${major} on this platform: run this with it, or use \`npm run test:electron\`.`);
  }

  say(`Installing VS Code ${bed.code} (server and web workbench, 600 MB; about a minute)`);
  removeAbandoned();
  const partial = `${bedFolder}.partial-${process.pid}`;
  partialFolders.add(partial);
  try {
    mkdirSync(partial, { recursive: true });
    writeFileSync(path.join(partial, 'package.json'), '{"private":true}');
    const env = { ...process.env };
    // No install scripts: code-server's would build kerberos and sqlite3, which need system libraries and are not used.
    const ripgrepPackage = `@vscode/ripgrep-${process.platform}-${process.arch}`;
    const packages = [
      `code-server@${bed.codeServer}`,
      ...(ownNode ? [`${nodePackage}@${bed.node}`] : []),
      ...(bed.ripgrep ? [`${ripgrepPackage}@${bed.ripgrep}`] : []),
    ];
    await npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', ...packages], { cwd: partial, env });
    if (ownNode) {
      const nodeFolder = path.join(partial, 'node_modules', nodePackage);
      env.PATH = `${path.join(nodeFolder, 'bin')}${path.delimiter}${env.PATH ?? ''}`;
      env.npm_config_nodedir = nodeFolder; // its C headers; an npm configured with another `nodedir` would build for the wrong Node
    }
    const code = path.join(partial, 'node_modules/code-server/lib/vscode');
    const production = ['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'];
    await npm(production, { cwd: code, env });
    await npm(production, { cwd: path.join(code, 'extensions'), env });
    if (bed.ripgrep) cpSync(path.join(partial, 'node_modules', ripgrepPackage, 'bin'), path.join(code, 'node_modules/@vscode/ripgrep/bin'), { recursive: true });
    try {
      const native = ['@vscode/spdlog', '@vscode/native-watchdog', 'native-watchdog'].filter((name) => existsSync(path.join(code, 'node_modules', name)));
      await npm(['rebuild', ...native], { cwd: code, env });
    } catch {
      say('  without log files: building them needs python3, make and a C++ compiler');
    }
    writeFileSync(path.join(partial, 'installed.json'), stamp);
    if (installed()) return paths; // another run was faster
    rmSync(bedFolder, { recursive: true, force: true });
    renameSync(partial, bedFolder);
    return paths;
  } finally {
    rmSync(partial, { recursive: true, force: true });
    partialFolders.delete(partial);
  }
}

/** Removes what killed runs left behind. */
function removeAbandoned() {
  const parent = path.dirname(bedFolder);
  if (!existsSync(parent)) return;
  for (const name of readdirSync(parent)) {
    const pid = Number(/\.partial-(\d+)$/.exec(name)?.[1]);
    if (pid && !isRunning(pid)) rmSync(path.join(parent, name), { recursive: true, force: true });
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function npm(args, options) {
  const ownNpm = process.env.npm_execpath; // set inside npm's scripts: the npm that called us, whatever stands on PATH
  return ownNpm?.endsWith('npm-cli.js') ? run(process.execPath, [ownNpm, ...args], options, `npm ${args[0]}`) : run('npm', args, options);
}

/** Runs a command quietly; when it fails, the error holds the end of what it said. */
function run(command, args, options = {}, name = `${command} ${args[0]}`) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], shell: windows && command === 'npm' });
    children.add(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output = (output + text).slice(-4000)));
    child.once('error', (error) => reject(new InstallError(`${name} could not be started: ${error.message}`)));
    child.once('close', (code) => {
      children.delete(child);
      if (code === 0) resolve();
      else reject(new InstallError(`${name} failed (${code}):\n${output.trim()}`));
    });
  });
}

function say(line) {
  process.stderr.write(`${line}\n`);
}
