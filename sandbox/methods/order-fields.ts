import { fieldSet } from '../http/field-set.ts';

const DISCOUNT = fieldSet('nome:s255 descricao:s50 desconto:f tipo_desc:i id_externo_desconto:s255');

const ITEM = fieldSet(
  `item:s20! sku:s255! barra:s20 quantidade:f! preco:f! desconto:f vendedor_item:i obs_item:s500 presente:b brindesite:b bonificado:b
   preco_original_site:f cod_filial:s50 lote:s50 data_entrega:t encomenda:s1 cod_campanha:s15 unidade:s5 cfop:s5`,
  { descontos: DISCOUNT },
);

const PAYMENT = fieldSet(
  `item:s10 tipo_pgto:i! cod_tipo_pgto:i desc_tipo:s150 bandeira:i desc_bandeira:s30 operadora:i desc_operadora:s20 condicao_pgto:i
   cod_cond_pagto:i desc_cond_pagto:s50 numparc:i! parcela:i! valor_inicial:f! valor_liquido:f valor_pago:f desconto:f perc_desconto:f
   data_vencimento:d data_pagamento:d tef:b nsu:s40 autorizacao:s40 cod_autorizacao_cartao:s40 transacao:s70 transacao_aprovada:s1
   documento:s20 duplicata:s40 n_cheque:s20 agencia:s6 c_c:s30 cartao_presente:s50 numero_cartao:s25 nome_portador_cartao:s50
   cpf_portador_cartao:s14 numero_credito:s20 numcontrato:s20 rede:s20 resumo_venda:s25 gateway_pagamento:s50 credito:b efetuado:b
   adiantamento:b previsao:b natureza:s40 pedido:s20 comprovante_administradora:s`,
);

const ADDRESS = fieldSet(
  `cod_endereco:i logradouro:s200 numero:s10 complemento:s200 bairro:s200 cidade:s60 estado:s3 cep:s9 nome_pais:s20 contato:s30 ddd:s4
   fone:s20 ramal:s10 fax:s20 ddd_cel:s5 dicas_endereco:s desc_tipo_endereco:s20 grau_relacionamento:s30 ie:s20`,
);

const CUSTOMER_DATA = fieldSet(
  `cod_cliente:s12 nome:s120 fantasia:s120 cpf:s14 cnpj:s20 rg:s12 ie:s15 pf_pj:s2 e_mail:s250 ddd_cel:s3 cel:s20 data_aniversario:d
   tipo_sexo:s1 tratamento:s20 dados_adicionais:s30 maladireta:b permite_enviar_newsletter:s1 permite_enviar_sms:s1 origem_cliente:s10
   id_externo:s255 parentesco:i e_mail_nfe:s250 tipo_cli:s1 ufie:s3 aplicar_icms_st:b`,
  { endereco: ADDRESS, endereco_entrega: ADDRESS, endereco_cobranca: ADDRESS },
);

/** What pedido_venda/inclui knows: the fields of the vendor's own reference that a till may send, with their lengths. */
export const INCLUDE_ORDER_FIELDS = fieldSet(
  `vitrine:i! cod_pedidov:s12! n_pedido_cliente:s50! cod_filial:s10! cod_evento:s15! cod_vendedor:s7 nome_vendedor:s60 cliente:i
   origem_pedido:s10 data_emissao:d! data_entrega:d! data_emissao_nf:d validade:d aprovado:b quantidade:f! total:f! v_acerto:f acerto:f
   v_frete:f cod_condicoes_pgto:s15 cod_tabela_preco_venda:s8 cod_endereco:i obs:s obs2:s dados_adicionais:s100 faturar:s1 encomenda:b
   enviado:b suspenso:b orcamento:b pre_pedido:b nota:s10 serie:s3 modelo:s3 idnfe:s50 numecf:i n_serie:s20 nfce_server:s5 xml_doc:s
   protocolo_troca_dev:s15 cod_usuario_na_plataforma:s60 id_carrinho:s50 cpnj_plataforma:s19 datahora_expedicao:t dispositivo_compra:s40`,
  { produtos: ITEM, lancamentos: PAYMENT, dados_cliente: CUSTOMER_DATA },
);

/** What clientes/incluiroualterar knows. */
export const CUSTOMER_FIELDS = fieldSet(
  `vitrine:i cliente:i cod_cliente:s12 nome:s120! fantasia:s120 cpf:s14 cnpj:s20 rg:s12 ie:s15 pf_pj:s2 e_mail:s250 ddd_cel:s3 cel:s20
   data_aniversario:d tipo_sexo:s1 tratamento:s20 dados_adicionais:s30 obs:s maladireta:b permite_enviar_newsletter:s1
   permite_enviar_sms:s1 origem_cliente:s10 id_externo:s255 parentesco:i e_mail_nfe:s250 tipo_cli:s1 ufie:s3 aplicar_icms_st:b
   categorias:a`,
  {
    endereco: ADDRESS,
    enderecos: ADDRESS,
    endereco_entrega: ADDRESS,
    endereco_cobranca: ADDRESS,
    contatos: fieldSet(
      'contato:s60 nome:s60 cargo:s30 departamento:s50 e_mail:s100 ddd:s4 fone:s20 ddd_celular:s4 celular:s20 obs:s gerador_contato:i bip:s20 cod_bip:s10',
    ),
  },
);
