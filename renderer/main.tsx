import "@mantine/core/styles.css";
import "maplibre-gl/dist/maplibre-gl.css";
import "uplot/dist/uPlot.min.css";
import "./ui/screen.css";
import "./views/situation/figures.css";
import "./ui/panel.css";
import "./map/map.css";
import "./charts/trend.css";
import "./tables/table.css";
import "./playback/timeline.css";
import "./views/situation/explain/explain.css";
import "./ui/first-start.css";
import "./ui/print.css";
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { startTexts } from "./i18n/i18n.ts";
import { QUERY_DEFAULTS } from "./state/answers.ts";
import { followBackend } from "./state/connection.ts";
import { viewFromAddress } from "./state/view-address.ts";
import { useView } from "./state/view-state.ts";
import { THEME } from "./ui/theme.ts";

const view = viewFromAddress(window.location.hash);
useView.getState().change(view);
document.documentElement.lang = view.language;

const queries = new QueryClient({
	defaultOptions: { queries: QUERY_DEFAULTS },
});
followBackend(queries);

await startTexts(view.language);
createRoot(document.getElementById("root") as HTMLElement).render(
	<QueryClientProvider client={queries}>
		<MantineProvider theme={THEME} forceColorScheme="dark">
			<App />
		</MantineProvider>
	</QueryClientProvider>,
);
