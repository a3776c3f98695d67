import { Alert, Button, FileButton, Textarea } from "@mantine/core";
import { ImageUp } from "lucide-react";
import { useState } from "react";
import { KeepPicture } from "../../../core/api/walls.ts";
import type { ScenePanel } from "../../../core/wall/scene.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useCommand } from "../../state/answers.ts";
import { pictureFrom } from "./given-picture.ts";

/** Which picture a panel shows, and what is to be seen on it. */
export function PictureForm({
	panel,
	change,
}: {
	panel: ScenePanel;
	change: (part: Partial<ScenePanel>) => void;
}) {
	const { t } = useLanguage();
	const keep = useCommand(KeepPicture);
	const [said, setSaid] = useState<string | null>(null);
	const give = async (file: File) => {
		setSaid(null);
		try {
			const data = await pictureFrom(file);
			if (data === null) return setSaid(t("walls.picture.not-a-picture"));
			const answer = await keep.mutateAsync({ data });
			if (!answer) return;
			if (answer.id !== null) change({ picture: answer.id });
			else if (answer.became !== "kept")
				setSaid(t(`walls.picture.${answer.became}`));
		} catch (reason) {
			setSaid(t("walls.failed", { message: (reason as Error).message }));
		}
	};
	return (
		<>
			<FileButton
				accept="image/*"
				onChange={(file) => {
					if (file) void give(file);
				}}
			>
				{(props) => (
					<Button
						{...props}
						size="xs"
						variant="default"
						loading={keep.isPending}
						leftSection={<ImageUp size="1em" aria-hidden />}
						data-testid="panel-picture"
					>
						{t(
							panel.picture === undefined
								? "walls.picture.choose"
								: "walls.picture.other",
						)}
					</Button>
				)}
			</FileButton>
			{said !== null && (
				<Alert color="yellow" role="alert">
					{said}
				</Alert>
			)}
			<Textarea
				size="xs"
				autosize
				minRows={2}
				maxLength={2000}
				label={t("walls.picture.text")}
				description={t("walls.picture.textHelp")}
				value={panel.text}
				onChange={(event) => change({ text: event.currentTarget.value })}
			/>
		</>
	);
}
