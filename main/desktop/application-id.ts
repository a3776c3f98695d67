/** What the systems know this application by: the installers (main/launch) and, on Windows, its buttons on the task bar. */
export const APPLICATION_ID = "id.go.covid19.blc-command";
