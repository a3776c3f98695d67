/**
 * Loads SQLite's native module with the modules of a thread, instead of with the first database that it opens. A thread that is ended while it
 * loads one aborts the whole process ("FATAL ERROR: Error::New napi_get_last_error_info"; seen with better-sqlite3 13.2.0 on Node 24), and
 * threads are ended only once their modules are loaded (./thread.ts).
 */
import Database from "better-sqlite3";

new Database(":memory:").close();
