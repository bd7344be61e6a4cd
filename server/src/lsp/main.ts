// The bundled language server, started by the editor.
import { findInstallation } from './installation';
import { serve } from './start';

serve(findInstallation());
