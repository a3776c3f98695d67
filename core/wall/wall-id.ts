import { z } from "zod";

/** What scenes, panels, playlists and their triggers are known by. */
export const WallId = z.string().regex(/^[a-z0-9-]{1,40}$/);

/** What a person calls them. */
export const WallName = z.string().trim().min(1).max(80);
