import { MantineProvider } from "@mantine/core";
import i18next from "i18next";
import { type ReactNode, useEffect, useLayoutEffect, useRef } from "react";
import type { Settings } from "../../core/workspace/settings.ts";
import { ClockZone } from "../i18n/use-language.ts";
import { THEME } from "../parts/ui/theme.ts";
import { useSettings } from "../state/settings.ts";
import { useView } from "../state/view-state.ts";

/** Tells the style sheets how large and how strong everything is drawn, and in which room. */
export function applyRoom({ density, contrast, theme }: Settings): void {
	const { dataset } = document.documentElement;
	// Mantine says it only after everything inside has been drawn, charts in the colours of the room before.
	dataset.mantineColorScheme = theme;
	if (dataset.density === density && dataset.contrast === contrast) return;
	dataset.density = density;
	dataset.contrast = contrast;
	// What is drawn and not laid out (map, chart) measures again.
	window.dispatchEvent(new Event("resize"));
}

/** Draws everything inside as whoever sits at this window chose it, and follows when that changes. */
export function ApplySettings({ children }: { children: ReactNode }) {
	const settings = useSettings();
	useLayoutEffect(() => applyRoom(settings), [settings]);

	const chosen = useRef(settings.language);
	useEffect(() => {
		if (settings.language === chosen.current) return;
		chosen.current = settings.language;
		useView
			.getState()
			.change({ language: settings.language, ownLanguage: settings.language });
	}, [settings.language]);
	const language = useView((view) => view.language);
	useEffect(() => {
		void i18next.changeLanguage(language);
		document.documentElement.lang = language;
	}, [language]);

	return (
		<MantineProvider theme={THEME} forceColorScheme={settings.theme}>
			<ClockZone value={settings.clock}>{children}</ClockZone>
		</MantineProvider>
	);
}
