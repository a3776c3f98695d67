import { Kbd, Modal, TextInput, UnstyledButton } from "@mantine/core";
import { Search } from "lucide-react";
import { useEffect, useRef } from "react";
import { useLanguage } from "../i18n/use-language.ts";
import type { ScreenProps } from "../navigation/screen-props.ts";
import { fetchCode, fetched } from "../parts/ui/fetched.tsx";
import type { ShellCommand } from "./commands.ts";
import { openDialog, useOpened } from "./opened.ts";
import styles from "./palette.module.css";

const load = () => import("./palette-choosing.tsx");
const PaletteChoosing = fetched(load);
/** By then the first picture is there, and whoever presses Ctrl K types at once. */
const FETCHED_AFTER_MILLISECONDS = 2_000;

/** Looks like a field, opens the palette: the one place where anything is sought. */
export function PaletteButton() {
	const { t } = useLanguage();
	useEffect(() => {
		// What cannot be fetched now is fetched when it is opened, and said there.
		const timer = setTimeout(
			() => void fetchCode(load).catch(() => {}),
			FETCHED_AFTER_MILLISECONDS,
		);
		return () => clearTimeout(timer);
	}, []);
	return (
		<UnstyledButton
			className={styles.button}
			title={t("palette.title")}
			aria-keyshortcuts="Control+K"
			data-testid="palette-open"
			onClick={() => openDialog("palette")}
		>
			<Search size="1em" aria-hidden />
			<span>{t("palette.short")}</span>
			<Kbd size="xs">Ctrl K</Kbd>
		</UnstyledButton>
	);
}

/** Everything by its name: screens, areas, facilities, indicators, days and commands, in the words of both languages. */
export function Palette(
	props: ScreenProps & { commands: readonly ShellCommand[] },
) {
	const { t } = useLanguage();
	const opened = useOpened(({ dialog }) => dialog === "palette");
	return (
		<Modal
			opened={opened}
			onClose={() => openDialog(null)}
			title={t("palette.title")}
			closeButtonProps={{ "aria-label": t("app.close") }}
			transitionProps={{ duration: 0 }}
			size="38rem"
			yOffset="8vh"
		>
			<Body {...props} />
		</Modal>
	);
}

/** What is typed while the rest is on its way is not lost. */
function Body(props: ScreenProps & { commands: readonly ShellCommand[] }) {
	const { t } = useLanguage();
	const begun = useRef("");
	return (
		<PaletteChoosing
			waiting={
				<div className={styles.palette} data-testid="palette">
					<TextInput
						data-autofocus
						aria-label={t("palette.title")}
						placeholder={t("palette.placeholder")}
						leftSection={<Search size="1em" aria-hidden />}
						onChange={(event) => {
							begun.current = event.currentTarget.value;
						}}
					/>
				</div>
			}
			begun={begun}
			{...props}
		/>
	);
}
