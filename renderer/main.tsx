import "@mantine/core/styles.css";
import "maplibre-gl/dist/maplibre-gl.css";
import "uplot/dist/uPlot.min.css";
import "./parts/ui/screen.css";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { followDataset } from "./clock/follow-dataset.ts";
import { clock, waitForAnswers } from "./clock/use-clock.ts";
import { startTexts } from "./i18n/i18n.ts";
import { placeFromAddress } from "./navigation/address.ts";
import { followAddress } from "./navigation/follow-address.ts";
import { firstAddress } from "./navigation/last-address.ts";
import { fetchCode } from "./parts/ui/fetched.tsx";
import { screenAt } from "./screens/all.ts";
import { ApplySettings, applyRoom } from "./shell/apply-settings.tsx";
import { CLIENT_DEFAULTS, isOfADay } from "./state/answers.ts";
import { askAhead } from "./state/ask-ahead.ts";
import { followBackend } from "./state/connection.ts";
import { readSettings } from "./state/settings.ts";
import { useView } from "./state/view-state.ts";

/** So long (ms) the first picture waits for what it is made of; then it says what is missing. */
const PATIENCE = 500;

followDataset();
const queries = new QueryClient({
	defaultOptions: CLIENT_DEFAULTS,
});
const ahead = askAhead(queries);
followBackend(queries);
waitForAnswers(() => queries.isFetching({ predicate: isOfADay }) > 0);

const { settings, workspace } = await readSettings(queries);
const { day, ...view } = placeFromAddress(
	firstAddress(workspace.address),
	settings.language,
);
clock.ask(day);
useView.getState().change(view);
followAddress();
document.documentElement.lang = view.language;
applyRoom(settings);
await startTexts(view.language);
const screen = screenAt(view.screen);
// What fails here is told where it is shown. A screen drawn before its answers are there would be drawn several times over.
await Promise.race([
	Promise.allSettled([
		Promise.all([ahead, screen?.load()]).then(
			([areas, code]) => areas && code?.ahead?.(queries, areas),
		),
		screen && fetchCode(screen.load),
	]),
	new Promise((resolve) => setTimeout(resolve, PATIENCE)),
]);
createRoot(document.getElementById("root") as HTMLElement).render(
	<QueryClientProvider client={queries}>
		<ApplySettings>
			<App />
		</ApplySettings>
	</QueryClientProvider>,
);
