export type { CommandContext } from './context.ts';
export { ExitCode } from './exit-codes.ts';
export { main } from './main.ts';
export { runCommand } from './run-command.ts';
