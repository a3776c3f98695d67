import { Alert, Button, Group, Modal } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { OpenedFile } from "../../core/api/desktop.ts";
import { ImportScenario } from "../../core/api/scenarios.ts";
import { ImportScenes } from "../../core/api/walls.ts";
import { ImportSettings } from "../../core/api/workspace.ts";
import { EXPORT_KIND } from "../../core/workspace/exported.ts";
import { SCENARIO_FILE } from "../../core/workspace/scenarios.ts";
import { SCENES_FILE } from "../../core/workspace/walls.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { useCommand } from "../state/answers.ts";

type Kind = "settings" | "scenes" | "scenario";

/** What a file says that it is; the import looks at all of it. */
function kindOf(text: string): Kind | null {
	try {
		const { kind } = JSON.parse(text) as { kind?: unknown };
		if (kind === EXPORT_KIND) return "settings";
		if (kind === SCENES_FILE.kind) return "scenes";
		if (kind === SCENARIO_FILE.kind) return "scenario";
	} catch {}
	return null;
}

/** Asks about a file that a person opened with the desktop application, and brings it in as the import of its screen does. */
export default function OpenedFileDialog({
	file,
	close,
}: {
	file: OpenedFile & { at: number };
	close: () => void;
}) {
	const { t } = useLanguage();
	return (
		<Modal
			opened
			onClose={close}
			title={t("openedFile.title", { name: file.name })}
			closeButtonProps={{ "aria-label": t("app.close") }}
			transitionProps={{ duration: 0 }}
			data-testid="opened-file"
		>
			<Asked key={file.at} file={file} close={close} />
		</Modal>
	);
}

function Asked({ file, close }: { file: OpenedFile; close: () => void }) {
	const { t } = useLanguage();
	const settings = useCommand(ImportSettings);
	const scenes = useCommand(ImportScenes);
	const scenario = useCommand(ImportScenario);
	const { text } = file;
	const kind = text === null ? null : kindOf(text);
	const take = useMutation({
		mutationFn: async () => {
			if (text === null || kind === null) return null;
			const answer =
				kind === "settings"
					? await settings.mutateAsync({ text })
					: kind === "scenes"
						? await scenes.mutateAsync({ text })
						: await scenario.mutateAsync({ id: crypto.randomUUID(), text });
			return answer?.became ?? null;
		},
	});
	const became = take.data ?? null;
	const taken = became === "imported" || became === "kept";
	/** Asked once more it would be the same. */
	const done = taken || became === "damaged" || became === "newer";
	return (
		<>
			<p>
				{file.problem ??
					t(kind === null ? "openedFile.other" : `openedFile.${kind}`)}
			</p>
			{became !== null && (
				<Alert
					color={taken ? "green" : "red"}
					role={taken ? "status" : "alert"}
				>
					{t(taken ? "openedFile.taken" : `openedFile.${became}`)}
				</Alert>
			)}
			{take.error && (
				<Alert color="red" role="alert">
					{t("openedFile.failed", { message: take.error.message })}
				</Alert>
			)}
			<Group justify="flex-end" mt="md">
				<Button variant="default" onClick={close}>
					{t(kind === null || done ? "app.close" : "openedFile.leave")}
				</Button>
				{kind !== null && !done && (
					<Button
						loading={take.isPending}
						onClick={() => take.mutate()}
						data-autofocus
					>
						{t("openedFile.take")}
					</Button>
				)}
			</Group>
		</>
	);
}
