-- Run headless: opens model.py with flatlint attached, waits for diagnostics, takes the quick fix
-- of the first one, and prints what it saw as JSON for the test.
local command = vim.fn.json_decode(vim.env.FLATLINT_COMMAND)
local folder, seen = vim.env.FLATLINT_FOLDER, {}
local target = 1

vim.cmd('edit ' .. folder .. '/model.py')
vim.bo.filetype = 'python'
local buffer = vim.api.nvim_get_current_buf()

local client = vim.lsp.start_client({ name = 'flatlint', cmd = command, root_dir = folder })
vim.lsp.buf_attach_client(buffer, client)

local function diagnostics()
  local found = vim.diagnostic.get(buffer)
  table.sort(found, function(a, b) return a.lnum < b.lnum end)
  return found
end

vim.wait(60000, function() return #diagnostics() > 0 end, 50)
seen.diagnostics = {}
for _, one in ipairs(diagnostics()) do
  table.insert(seen.diagnostics, {
    lnum = one.lnum, col = one.col, end_col = one.end_col, code = one.code,
    severity = one.severity, source = one.source,
  })
end

if #seen.diagnostics > 0 then
  local at = diagnostics()[target]
  vim.api.nvim_win_set_cursor(0, { at.lnum + 1, at.col })
  vim.ui.select = function(items, options, choose)
    seen.offered = {}
    for _, item in ipairs(items) do table.insert(seen.offered, (options.format_item(item))) end
    choose(items[1], 1)
  end
  local before = vim.api.nvim_buf_get_lines(buffer, 0, -1, true)
  vim.lsp.buf.code_action()
  vim.wait(8000, function()
    return not vim.deep_equal(before, vim.api.nvim_buf_get_lines(buffer, 0, -1, true))
  end, 50)
  seen.lines = vim.api.nvim_buf_get_lines(buffer, 0, -1, true)
  vim.wait(8000, function() return #diagnostics() < #seen.diagnostics end, 50)
  seen.left = #diagnostics()
end

io.stdout:write('\n' .. vim.fn.json_encode(seen) .. '\n')
vim.lsp.stop_client(client)
vim.wait(5000, function() return vim.lsp.get_client_by_id(client) == nil end, 50)
vim.cmd('qall!')
