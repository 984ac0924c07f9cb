export const HELP = `apiroutes compiles a pages/api folder into one server.js

Usage
  apiroutes build [dir]     dir: the folder that contains pages/api or src/pages/api (default: here)

Options
  -o, --out <folder>        where the output goes (default: <dir>/dist)
  -h, --help                this text
  -v, --version             the version

Then run
  node dist/server.js       PORT (default 3000) and HOST (default: all interfaces) come from the environment`
