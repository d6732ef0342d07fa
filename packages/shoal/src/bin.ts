#!/usr/bin/env node
import { runCommand } from '@shoal/cli';

await runCommand();
