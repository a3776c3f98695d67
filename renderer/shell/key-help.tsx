import { Kbd, Modal } from "@mantine/core";
import { useLanguage } from "../i18n/use-language.ts";
import type { Screen } from "../screens/all.ts";
import { isFor, type ShellCommand } from "./commands.ts";
import { useOpenScreens } from "./open-screens.ts";
import { openDialog, useOpened } from "./opened.ts";
import styles from "./palette.module.css";

/** All keys, as they work on this screen for whoever sits here. */
export function KeyHelp({
	commands,
	screen,
}: {
	commands: readonly ShellCommand[];
	screen: Screen;
}) {
	const { t } = useLanguage();
	const screens = useOpenScreens();
	const opened = useOpened(({ dialog }) => dialog === "keys");
	const named: Readonly<Record<string, string>> = {
		" ": t("key.space"),
		ArrowLeft: "←",
		ArrowRight: "→",
		"Shift+ArrowLeft": "Shift ←",
		"Shift+ArrowRight": "Shift →",
		Escape: "Esc",
	};
	const rows: [string, string[]][] = [
		...commands
			.filter(
				(command) =>
					(command.keys.length > 0 || command.key === "find") &&
					isFor(command, screen),
			)
			.map(({ key, keys }): [string, string[]] => [
				t(`command.${key}`),
				[
					...(key === "find" ? ["Ctrl K"] : []),
					...keys.map((one) => named[one] ?? one),
				],
			]),
		...screens.map(({ key, letter }): [string, string[]] => [
			t("key.goTo", { screen: t(`screen.${key}`) }),
			[`g ${letter}`],
		]),
	];
	return (
		<Modal
			opened={opened}
			onClose={() => openDialog(null)}
			title={t("command.keys")}
			closeButtonProps={{ "aria-label": t("app.close") }}
			transitionProps={{ duration: 0 }}
			size="32rem"
		>
			<dl className={styles.keys} data-testid="key-help">
				{rows.map(([what, keys]) => (
					<div key={what}>
						<dt>{what}</dt>
						<dd>
							{keys.map((key) => (
								<Kbd key={key}>{key}</Kbd>
							))}
						</dd>
					</div>
				))}
			</dl>
		</Modal>
	);
}
