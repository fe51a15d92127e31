/** Backups: one file with everything, for either database. */
export { BackupError } from "./format.ts";
export { restoreBackup, verifyBackup } from "./restore-backup.ts";
export type { BackupFacts, RestoreOptions } from "./restore-backup.ts";
export { writeBackup } from "./write-backup.ts";
export type { WrittenBackup } from "./write-backup.ts";
